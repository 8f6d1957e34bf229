package org.postrider.storage.message;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postrider.storage.message.Envelope.Address;

/// Reads the addresses of a From, To or Cc field (RFC 5322 §3.4, with the old forms of §4.4) as the
/// envelope tells them. Our own because mime4j decodes names on the way and drops comments, and the
/// envelope wants encoded words as they are and `user@host (Name)` with its name.
///
/// What is broken costs no other address: a quote, comment or angle bracket that is not closed is
/// passed over; words with an `@` are addresses even where no comma parts them. An address without
/// a domain has an empty host, because no host would mean a group (Dovecot: `MISSING_DOMAIN`); a
/// name without an address has an empty mailbox too.
final class AddressList {

    private final String text;
    private final int limit;
    private final List<Address> addresses = new ArrayList<>();

    /// Of the address that is being read: its words, its comment, what is in its angle brackets.
    private final List<Word> words = new ArrayList<>();

    private @Nullable String comment;
    private @Nullable String angle;
    private boolean group;
    private int at;

    /// From here on there is none of these that is closed: nobody looks again.
    private boolean noQuotes;

    private boolean noComments;

    private record Word(String text, boolean quoted) {

        boolean isAddress() {
            return text.indexOf('@') >= 0 && !quoted;
        }
    }

    private AddressList(String text, int limit) {
        this.text = text;
        this.limit = limit;
    }

    /// @param limit the most addresses; the rest is passed over
    static List<Address> read(String text, int limit) {
        var list = new AddressList(text, limit);
        list.read();
        return list.addresses;
    }

    private void read() {
        while (at < text.length() && addresses.size() < limit) {
            char c = text.charAt(at);
            switch (c) {
                case ',' -> endAddress();
                case ';' -> endGroup();
                case ':' -> colon();
                case '<' -> angle();
                case '(' -> comment();
                case ' ', '\t', '\r', '\n', '>', ')' -> at++;
                default -> word();
            }
        }
        finishAddress();
        closeGroup();
        if (addresses.size() > limit) {
            addresses.subList(Math.max(limit, 0), addresses.size()).clear();
        }
    }

    private void endAddress() {
        at++;
        finishAddress();
    }

    private void endGroup() {
        at++;
        finishAddress();
        closeGroup();
    }

    private void closeGroup() {
        if (group) {
            addresses.add(new Address(null, null, null, null));
            group = false;
        }
    }

    /// A colon after words begins a group, unless it stands in one or the words are an address.
    private void colon() {
        at++;
        if (!group && angle == null && words.stream().noneMatch(Word::isAddress)) {
            addresses.add(new Address(null, null, phrase(), null));
            clear();
            group = true;
        }
    }

    private void comment() {
        int close = noComments ? -1 : MimeCursor.closingParenthesis(text, at);
        noComments = close < 0;
        if (noComments) {
            at++;
            return;
        }
        comment = MimeCursor.unquoted(text.substring(at + 1, close)).strip();
        at = close + 1;
    }

    private void angle() {
        if (angle != null) {
            finishAddress();
        }
        int stop = firstOf("<>", at + 1);
        boolean closed = stop < text.length() && text.charAt(stop) == '>';
        int end = closed ? stop : firstOf("<>,", at + 1);
        angle = text.substring(at + 1, end);
        at = closed ? end + 1 : end;
    }

    private int firstOf(String stops, int from) {
        int end = from;
        while (end < text.length() && stops.indexOf(text.charAt(end)) < 0) {
            end++;
        }
        return end;
    }

    private void word() {
        var word = new StringBuilder();
        boolean quoted = false;
        boolean more = true;
        while (more && at < text.length()) {
            char c = text.charAt(at);
            if (c == '"') {
                quoted |= quotedInto(word);
            } else if (c == '[' && endsWithAt(word)) {
                literalInto(word);
            } else if (c == '@') {
                word.append(c);
                at++;
                skipSpace();
            } else if (isWordEnd(c)) {
                more = goesOn(word);
            } else {
                word.append(c);
                at++;
            }
        }
        if (!word.isEmpty() || quoted) {
            words.add(new Word(word.toString(), quoted && word.lastIndexOf("@") < 0));
        }
    }

    private static boolean isWordEnd(char c) {
        return " \t\r\n,;:<>()".indexOf(c) >= 0;
    }

    private static boolean endsWithAt(StringBuilder word) {
        return !word.isEmpty() && word.charAt(word.length() - 1) == '@';
    }

    /// White space may stand around at signs and a domain's dots (RFC 5322 §4.4): then the word
    /// goes on behind it.
    private boolean goesOn(StringBuilder word) {
        int next = at;
        while (next < text.length() && Character.isWhitespace(text.charAt(next))) {
            next++;
        }
        if (next == at || next == text.length()) {
            return false;
        }
        char c = text.charAt(next);
        boolean domain = word.indexOf("@") >= 0;
        boolean afterDot = domain && word.charAt(word.length() - 1) == '.' && !isWordEnd(c);
        boolean goesOn = c == '@' || (domain && c == '.') || afterDot;
        if (goesOn) {
            at = next;
        }
        return goesOn;
    }

    private boolean quotedInto(StringBuilder word) {
        int close = noQuotes ? -1 : MimeCursor.closingQuote(text, at);
        noQuotes = close < 0;
        if (noQuotes) {
            at++;
            return false;
        }
        word.append(MimeCursor.unquoted(text.substring(at + 1, close)));
        at = close + 1;
        return true;
    }

    /// A domain literal (RFC 5322 §3.4.1), which may hold colons.
    private void literalInto(StringBuilder word) {
        int close = firstOf("[],;<> ", at + 1);
        boolean closed = close < text.length() && text.charAt(close) == ']';
        int end = closed ? close + 1 : at + 1;
        word.append(text, at, end);
        at = end;
    }

    private void skipSpace() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    private void finishAddress() {
        if (angle != null) {
            inAngle(angle, words.isEmpty() ? comment : phrase());
        } else if (words.stream().anyMatch(Word::isAddress)) {
            bare();
        } else if (!words.isEmpty()) {
            withoutDomain();
        }
        clear();
    }

    private void clear() {
        words.clear();
        comment = null;
        angle = null;
    }

    /// `<user@host>`, `<@route:user@host>`, and `<user@host, other@host>`, which is wrong.
    private void inAngle(String inside, @Nullable String name) {
        var spec = inside.strip();
        String route = null;
        int colon = spec.indexOf(':');
        if (spec.startsWith("@") && colon > 0) {
            route = spec.substring(0, colon).strip();
            spec = spec.substring(colon + 1).strip();
        }
        int comma = spec.startsWith("\"") ? -1 : spec.indexOf(',');
        var rest = comma < 0 ? "" : spec.substring(comma + 1);
        add(name, route, comma < 0 ? spec : spec.substring(0, comma));
        if (!rest.isBlank()) {
            addresses.addAll(read(rest, limit - addresses.size()));
        }
    }

    /// `user@host`, with words before or behind it as its name, or else the comment.
    private void bare() {
        var name = new ArrayList<Word>();
        var specs = new ArrayList<String>();
        for (var word : words) {
            if (word.isAddress()) {
                specs.add(word.text());
            } else {
                name.add(word);
            }
        }
        for (int i = 0; i < specs.size(); i++) {
            add(i > 0 ? null : name.isEmpty() ? comment : phrase(name), null, specs.get(i));
        }
    }

    private void withoutDomain() {
        var only = words.getFirst();
        if (words.size() == 1 && !only.quoted() && !only.text().startsWith("=?")) {
            addresses.add(new Address(emptyToNull(comment), null, only.text(), ""));
        } else {
            addresses.add(new Address(phrase(), null, "", ""));
        }
    }

    private void add(@Nullable String name, @Nullable String route, String spec) {
        var plain = MimeCursor.withoutComments(spec).strip();
        int at = plain.lastIndexOf('@');
        var local = (at < 0 ? plain : plain.substring(0, at)).strip();
        var host = at < 0 ? "" : plain.substring(at + 1).strip();
        if (local.length() > 1 && local.startsWith("\"") && local.endsWith("\"")) {
            local = MimeCursor.unquoted(local.substring(1, local.length() - 1));
        }
        if (local.isEmpty() && host.isEmpty() && emptyToNull(name) == null) {
            return;
        }
        addresses.add(new Address(emptyToNull(name), route, local, host));
    }

    private String phrase() {
        return phrase(words);
    }

    private static String phrase(List<Word> words) {
        return String.join(" ", words.stream().map(Word::text).toList());
    }

    private static @Nullable String emptyToNull(@Nullable String text) {
        return text == null || text.isEmpty() ? null : text;
    }
}
