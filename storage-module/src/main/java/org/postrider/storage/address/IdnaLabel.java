package org.postrider.storage.address;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/// A label of a domain name in both its forms (RFC 5890 §2.3.2.1): the A-label that other programs
/// take and the U-label that people read. A label of letters, digits and hyphens has one form only.
final class IdnaLabel {

    static final String ACE_PREFIX = "xn--";
    static final int LONGEST = 63;

    private final String ascii;
    private final String unicode;

    private IdnaLabel(String ascii, String unicode) {
        this.ascii = ascii;
        this.unicode = unicode;
    }

    /// Reads a label in either form, as a person writes it (RFC 5891 §5).
    static Optional<IdnaLabel> parse(String written) {
        var mapped = mapped(written);
        return mapped.startsWith(ACE_PREFIX) ? ofALabel(mapped) : ofULabel(mapped);
    }

    String ascii() {
        return ascii;
    }

    String unicode() {
        return unicode;
    }

    /// The U-label, unless a reader could take it for another.
    String display() {
        return ScriptMix.isUsual(unicode) ? unicode : ascii;
    }

    /// Lower case, one form of what has a wide, a narrow and other compatible ones, and NFC: the
    /// mapping of UTS #46 without its transitional part, and of RFC 5895 §2 that of more
    /// characters. What UTS #46 ignores, because it cannot be seen, stays and is refused.
    private static String mapped(String written) {
        if (isAscii(written)) {
            return written.toLowerCase(Locale.ROOT);
        }
        var mapped = new StringBuilder();
        written.codePoints()
                .forEach(c -> {
                    if (DerivedProperty.of(c) == DerivedProperty.DISALLOWED) {
                        mapped.append(DerivedProperty.folded(c));
                    } else {
                        mapped.appendCodePoint(c);
                    }
                });
        return Normalizer.normalize(mapped, Normalizer.Form.NFC);
    }

    /// An A-label is what its U-label becomes, and nothing else (RFC 5891 §5.3, §5.4).
    private static Optional<IdnaLabel> ofALabel(String ascii) {
        return Punycode.decode(ascii.substring(ACE_PREFIX.length()))
                .filter(u -> Normalizer.isNormalized(u, Normalizer.Form.NFC))
                .flatMap(IdnaLabel::ofULabel)
                .filter(label -> label.ascii.equals(ascii));
    }

    private static Optional<IdnaLabel> ofULabel(String unicode) {
        int[] points = unicode.codePoints().toArray();
        if (points.length == 0 || points.length > LONGEST || !isValid(points)) {
            return Optional.empty();
        }
        var ascii = isAscii(unicode) ? unicode : ACE_PREFIX + Punycode.encode(unicode);
        return ascii.length() <= LONGEST
                ? Optional.of(new IdnaLabel(ascii, unicode))
                : Optional.empty();
    }

    /// RFC 5891 §4.2.3. The Bidi rule is one of whole names.
    private static boolean isValid(int[] label) {
        return label[0] != '-'
                && label[label.length - 1] != '-'
                && !(label.length >= 4 && label[2] == '-' && label[3] == '-')
                && !isMark(label[0])
                && IntStream.range(0, label.length).allMatch(place -> isValidAt(place, label));
    }

    private static boolean isMark(int c) {
        return switch (Character.getType(c)) {
            case Character.NON_SPACING_MARK,
                    Character.COMBINING_SPACING_MARK,
                    Character.ENCLOSING_MARK ->
                    true;
            default -> false;
        };
    }

    private static boolean isValidAt(int place, int[] label) {
        return switch (DerivedProperty.of(label[place])) {
            case PVALID -> true;
            case CONTEXTJ, CONTEXTO -> ContextRule.allows(label, place);
            case DISALLOWED, UNASSIGNED -> false;
        };
    }

    private static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c < 0x80);
    }
}
