package org.postrider.transport.sasl;

import java.text.Normalizer;
import java.util.Map;
import java.util.Optional;

/// SASLprep (RFC 4013): the one form of a name or a password that can be written in several ways.
///
/// Java has its steps but not the profile. [Normalizer] knows a newer Unicode than 3.2, which the
/// profile is of (RFC 3454 §4). For what 3.2 assigns they agree but for five ideographs, whose
/// mapping was corrected later.
final class SaslPrep {

    /// As Unicode 3.2 has them, before Corrigendum 4.
    private static final Map<Integer, Integer> BEFORE_CORRIGENDUM_4 =
            Map.of(
                    0x2F868, 0x2136A, 0x2F874, 0x5F33, 0x2F91F, 0x43AB, 0x2F95F, 0x7AAE, 0x2F9BF,
                    0x4D57);

    private SaslPrep() {}

    /// Prepares what is kept: a code point that Unicode 3.2 does not assign is prohibited (RFC 3454
    /// §7). Nothing when the string cannot be prepared, or nothing is left of it.
    static Optional<String> stored(String text) {
        return Optional.of(text)
                .filter(t -> t.codePoints().noneMatch(StringprepTable.UNASSIGNED::contains))
                .flatMap(SaslPrep::prepare);
    }

    /// Prepares what is looked up: a code point that Unicode 3.2 does not assign may be in it.
    static Optional<String> query(String text) {
        return prepare(text);
    }

    private static Optional<String> prepare(String text) {
        if (isPrintableAscii(text)) {
            return Optional.of(text).filter(t -> !t.isEmpty());
        }
        return Optional.of(Normalizer.normalize(map(text), Normalizer.Form.NFKC))
                .filter(t -> !t.isEmpty())
                .filter(t -> t.codePoints().noneMatch(StringprepTable.PROHIBITED::contains))
                .filter(SaslPrep::runsOneWay);
    }

    private static boolean isPrintableAscii(String text) {
        return text.chars().allMatch(c -> c >= 0x20 && c < 0x7f);
    }

    /// RFC 4013 §2.1. U+200B is in both tables; the one named first counts, as in libidn and
    /// PostgreSQL.
    private static String map(String text) {
        var mapped = new StringBuilder(text.length());
        text.codePoints()
                .forEach(c -> {
                    if (StringprepTable.SPACES.contains(c)) {
                        mapped.append(' ');
                    } else if (!StringprepTable.NOTHING.contains(c)) {
                        mapped.appendCodePoint(BEFORE_CORRIGENDUM_4.getOrDefault(c, c));
                    }
                });
        return mapped.toString();
    }

    /// RFC 3454 §6: what holds a character that runs from right to left begins and ends with one,
    /// and holds none that runs from left to right.
    private static boolean runsOneWay(String text) {
        return text.codePoints().noneMatch(StringprepTable.RIGHT_TO_LEFT::contains)
                || (text.codePoints().noneMatch(StringprepTable.LEFT_TO_RIGHT::contains)
                        && StringprepTable.RIGHT_TO_LEFT.contains(text.codePointAt(0))
                        && StringprepTable.RIGHT_TO_LEFT.contains(
                                text.codePointBefore(text.length())));
    }
}
