package org.postrider.storage.address;

import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.Set;

/// Where in a label a code point of [DerivedProperty#CONTEXTJ] or [DerivedProperty#CONTEXTO] may
/// stand (RFC 5892 appendix A).
final class ContextRule {

    private static final int ZERO_WIDTH_NON_JOINER = 0x200C;
    private static final int ZERO_WIDTH_JOINER = 0x200D;
    private static final int MIDDLE_DOT = 0x00B7;
    private static final int GREEK_LOWER_NUMERAL_SIGN = 0x0375;
    private static final int HEBREW_GERESH = 0x05F3;
    private static final int HEBREW_GERSHAYIM = 0x05F4;
    private static final int KATAKANA_MIDDLE_DOT = 0x30FB;

    private static final Set<UnicodeScript> JAPANESE =
            Set.of(UnicodeScript.HIRAGANA, UnicodeScript.KATAKANA, UnicodeScript.HAN);

    /// Marks of the canonical combining classes 8 and 10; that of a virama, 9, is between them.
    private static final String VOICED_SOUND_MARK = "\u3099";

    private static final String SHEVA = "\u05B0";

    private static final int NONE = -1;

    private ContextRule() {}

    static boolean allows(int[] label, int place) {
        int before = place == 0 ? NONE : label[place - 1];
        int after = place + 1 == label.length ? NONE : label[place + 1];
        return switch (label[place]) {
            case ZERO_WIDTH_NON_JOINER ->
                    isVirama(before) || CursiveJoining.joinsAcross(label, place);
            case ZERO_WIDTH_JOINER -> isVirama(before);
            case MIDDLE_DOT -> before == 'l' && after == 'l';
            case GREEK_LOWER_NUMERAL_SIGN -> isOf(UnicodeScript.GREEK, after);
            case HEBREW_GERESH, HEBREW_GERSHAYIM -> isOf(UnicodeScript.HEBREW, before);
            case KATAKANA_MIDDLE_DOT ->
                    Arrays.stream(label).anyMatch(c -> JAPANESE.contains(UnicodeScript.of(c)));
            default -> allowsDigit(label, label[place]);
        };
    }

    private static boolean isOf(UnicodeScript script, int c) {
        return c != NONE && UnicodeScript.of(c) == script;
    }

    /// Java does not tell combining classes, but [Normalizer] puts marks in their order.
    private static boolean isVirama(int c) {
        if (c == NONE) {
            return false;
        }
        var mark = Character.toString(c);
        return changesPlaces(mark, VOICED_SOUND_MARK) && changesPlaces(SHEVA, mark);
    }

    private static boolean changesPlaces(String mark, String next) {
        return Normalizer.normalize(mark + next, Normalizer.Form.NFD).equals(next + mark);
    }

    /// The two sets of Arabic-Indic digits do not stand in one label.
    private static boolean allowsDigit(int[] label, int digit) {
        return isArabicIndic(digit)
                ? Arrays.stream(label).noneMatch(ContextRule::isExtendedArabicIndic)
                : isExtendedArabicIndic(digit)
                        && Arrays.stream(label).noneMatch(ContextRule::isArabicIndic);
    }

    private static boolean isArabicIndic(int c) {
        return c >= 0x0660 && c <= 0x0669;
    }

    private static boolean isExtendedArabicIndic(int c) {
        return c >= 0x06F0 && c <= 0x06F9;
    }
}
