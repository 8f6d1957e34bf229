package org.postrider.storage.message;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Why we and Python's email package differ: each with its reason, so that a difference that has
/// none is a fault. Those about a shape explain what is inside the part too.
@SuppressWarnings("ImmutableEnumChecker") // the predicates have no state
enum PythonRule {
    /// RFC 2045 §6.1: no Content-Transfer-Encoding is 7BIT; Python says nothing.
    DEFAULT_ENCODING(
            d -> d.name().equals("encoding") && d.oursIs("7BIT") && d.theirsOrEmpty().isBlank()),

    /// The encoding is one token in any case, without quotes, comments and spaces; Python gives the
    /// text.
    ENCODING_IS_A_TOKEN(d -> d.name().equals("encoding") && encoding(d.theirsOrEmpty(), d)),

    /// RFC 2045 §5.2: without a valid Content-Type the charset is us-ascii; Python says nothing.
    DEFAULT_CHARSET(d ->
            d.name().equals("parameter.charset") && d.oursIs("us-ascii") && d.theirs() == null),

    /// Python gives the field, we its first token.
    DISPOSITION_IS_A_TOKEN(d ->
            d.name().equals("disposition")
                    && d.theirsOrEmpty().split("[;\\s]", 2)[0].equals(d.ours())),

    /// A semicolon with nothing behind it is a parameter without a name for Python.
    NOTHING_IS_NO_PARAMETER(
            d -> d.name().matches("(parameter|disposition)\\.") && d.ours() == null),

    /// RFC 5322 §2.2.3: a folded value is unfolded; Python leaves line ends in parameters.
    FOLDED_PARAMETER(d ->
            d.name().matches("(parameter|disposition)\\..*")
                    && d.oursIs(d.theirsOrEmpty().replaceAll("[\\r\\n]", ""))),

    /// A parameter ends with its closing quote; Python takes what follows a broken one too.
    BROKEN_QUOTES(d ->
            d.name().startsWith("parameter.")
                    && d.theirsOrEmpty().startsWith("\"")
                    && d.theirsOrEmpty().contains(d.oursOrEmpty())),

    /// RFC 9051 §7.5.2: without Sender or Reply-To, or with an empty one, the envelope has From
    /// there.
    DEFAULT_ADDRESS(d ->
            Set.of("envelope.sender", "envelope.reply-to").contains(d.name())
                    && d.theirsOrEmpty().isBlank()
                    && d.oursIs(d.our("envelope.from"))),

    /// Nothing is no address; Python has one without name and address.
    EMPTY_ADDRESS(d -> d.isAddresses() && d.ourAddresses().equals(d.theirAddresses())),

    /// The quotes of a quoted local part are taken off (RFC 9051 §7.5.2).
    QUOTED_LOCAL_PART(
            d -> d.isAddresses() && d.oursOrEmpty().equals(d.theirsOrEmpty().replace("\"", ""))),

    /// The name is the words before the address; Python puts comments behind them, in brackets.
    COMMENT_IS_NOT_THE_NAME(d ->
            d.isAddresses()
                    && addresses(d.ourAddresses()).equals(addresses(d.theirAddresses()))
                    && d.theirsOrEmpty().contains("(")),

    /// Words without an address are a name; Python takes the first one for an address.
    NAME_WITHOUT_ADDRESS(d ->
            d.isAddresses() && complete(d.ourAddresses()).equals(complete(d.theirAddresses()))),

    /// In a broken list we lose no address that Python finds.
    BROKEN_ADDRESSES(d ->
            d.isAddresses()
                    && addresses(complete(d.theirAddresses())).stream()
                            .allMatch(address -> foundIn(d.ourAddresses(), address))),

    /// Words before an address are its name, with an at sign and without angle brackets too.
    ADDRESS_IN_A_NAME(d ->
            d.isAddresses()
                    && d.theirAddresses().stream()
                            .map(address -> address.replace('\t', ' ').strip())
                            .allMatch(d.oursOrEmpty().replace('\t', ' ')::contains)),

    /// A line that is no field does not end the header when fields follow; for Python it does.
    BROKEN_HEADER(d -> d.hasDefect("MissingHeaderBodySeparatorDefect")),

    /// A part that nothing closes keeps its last line end; Python takes it off.
    UNCLOSED_PART(d ->
            d.hasDefect("CloseBoundaryNotFoundDefect")
                    && ((d.name().equals("octets") && d.more() == 2)
                            || (d.name().equals("lines") && d.more() == 1))),

    /// A multipart without parts has its body as one text; Python makes it no multipart.
    MULTIPART_WITHOUT_PARTS(
            d -> d.shape() && d.oursIs("parts 1") && d.theirsOrEmpty().equals("leaf")),

    /// A boundary that is folded or whose quote is not closed is one; Python does not unfold it.
    BROKEN_BOUNDARY(d -> d.shape() && d.hasDefect("StartBoundaryNotFoundDefect")),

    /// Every boundary begins a part, even one with nothing in it; Python passes over a second one.
    EMPTY_PART(d -> d.shape() && d.allOurs().containsValue("0") && d.partsMoreThanTheirs()),

    /// Where a multipart has the boundary of the one around it, the inner one is meant until it is
    /// closed.
    SAME_BOUNDARY_INSIDE(d ->
            d.shape()
                    && !d.our("parameter.boundary").isEmpty()
                    && d.our("parameter.boundary").equals(d.our("1.parameter.boundary"))),

    /// Beyond the depth we go to, a part stays whole.
    TOO_DEEP(d -> d.depth() >= MessageLimits.STANDARD.depth() - 2),

    /// Only message/rfc822 and message/global hold messages; Python reads every message type.
    OTHER_MESSAGE_TYPES(d ->
            d.shape()
                    && d.oursIs("leaf")
                    && d.our("type").equals("MESSAGE")
                    && !d.our("subtype").matches("RFC822|GLOBAL")),

    /// What follows a media type without a semicolon does not make it none.
    JUNK_BEHIND_TYPE(d ->
            d.theirs() != null
                    && (d.shape() || d.name().endsWith("type"))
                    && d.their("type").equals("TEXT")
                    && !d.our("type").equals("TEXT")),

    /// A text of more octets than [MessageLimits#textOctets] is cut.
    LONG_TEXT(d ->
            d.oursOrEmpty().length() == MessageLimits.STANDARD.textOctets()
                    && d.theirsOrEmpty().startsWith(d.oursOrEmpty())),

    /// Octets that are a space only in some charset are none to us.
    SPACE_IN_A_CHARSET(
            d -> d.theirsOrEmpty().equals(d.oursOrEmpty().replaceAll("[\\x85\\xA0]+$", "")));

    private final Predicate<Seen> explanation;

    PythonRule(Predicate<Seen> explanation) {
        this.explanation = explanation;
    }

    boolean explains(PythonDifference difference) {
        return explanation.test(new Seen(difference));
    }

    private static boolean encoding(String theirs, Seen d) {
        var token = theirs.strip().replaceAll("\"", "").toUpperCase(Locale.ROOT);
        return token.startsWith(d.oursOrEmpty()) || token.replace(' ', '-').equals(d.ours());
    }

    private static List<String> complete(List<String> addresses) {
        return addresses.stream().filter(address -> address.matches("(?s).*\t[^@]+@.*")).toList();
    }

    private static List<String> addresses(List<String> addresses) {
        return addresses.stream()
                .map(address -> address.substring(address.indexOf('\t') + 1).replace("\"", ""))
                .toList();
    }

    private static boolean foundIn(List<String> addresses, String wanted) {
        return addresses.stream().anyMatch(address -> address.endsWith(wanted));
    }

    /// A difference as the rules look at it.
    private record Seen(PythonDifference d) {

        String name() {
            return d.name();
        }

        @Nullable String ours() {
            return d.ours();
        }

        @Nullable String theirs() {
            return d.theirs();
        }

        String oursOrEmpty() {
            return d.oursOrEmpty();
        }

        String theirsOrEmpty() {
            return d.theirsOrEmpty();
        }

        String our(String name) {
            return d.our(name);
        }

        String their(String name) {
            return d.their(name);
        }

        Map<String, String> allOurs() {
            return d.allOurs();
        }

        boolean hasDefect(String defect) {
            return d.hasDefect(defect);
        }

        long depth() {
            return d.depth();
        }

        boolean oursIs(String text) {
            return text.equals(d.ours());
        }

        boolean shape() {
            return d.name().equals("shape");
        }

        boolean isAddresses() {
            return d.name().matches("envelope\\.(from|sender|reply-to|to|cc|bcc)");
        }

        List<String> ourAddresses() {
            return lines(d.oursOrEmpty());
        }

        List<String> theirAddresses() {
            return lines(d.theirsOrEmpty());
        }

        private static List<String> lines(String text) {
            return Arrays.stream(text.split("\n", -1)).filter(line -> !line.isBlank()).toList();
        }

        long more() {
            return Long.parseLong(d.oursOrEmpty()) - Long.parseLong(d.theirsOrEmpty());
        }

        boolean partsMoreThanTheirs() {
            return d.oursOrEmpty().startsWith("parts ")
                    && d.theirsOrEmpty().startsWith("parts ")
                    && d.oursOrEmpty().compareTo(d.theirsOrEmpty()) > 0;
        }
    }
}
