package org.postrider.storage.address;

import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.util.Locale;

/// What IDNA2008 lets a code point do in a label, derived from the Unicode of the Java that runs
/// (RFC 5892 §3). `BackwardCompatible` is empty to this day.
enum DerivedProperty {
    PVALID,
    /// A joiner, valid where [ContextRule] says so.
    CONTEXTJ,
    /// Valid where [ContextRule] says so.
    CONTEXTO,
    DISALLOWED,
    UNASSIGNED;

    /// RFC 5892 §2.6: what the general rules would get wrong.
    private static final CodePoints VALID_ALL_THE_SAME =
            CodePoints.of("00DF 03C2 06FD-06FE 0F0B 3007");

    private static final CodePoints VALID_IN_CONTEXT =
            CodePoints.of("00B7 0375 05F3-05F4 0660-0669 06F0-06F9 30FB");
    private static final CodePoints DISALLOWED_ALL_THE_SAME =
            CodePoints.of("0640 07FA 302E-302F 3031-3035 303B");

    /// RFC 5892 §2.8
    private static final CodePoints JOIN_CONTROLS = CodePoints.of("200C-200D");

    /// `Default_Ignorable_Code_Point` (RFC 5892 §2.3) as far as it is letters or marks; what else
    /// is to be ignored or is white space is not in [#isLetterOrDigit(int)] either.
    private static final CodePoints IGNORABLE =
            CodePoints.of("034F 17B4-17B5 180B-180D 180F FE00-FE0F E0100-E01EF");

    /// The blocks of RFC 5892 §2.4, whose marks are of symbols and of music, and those of the parts
    /// of Hangul syllables (§2.9).
    private static final CodePoints DISALLOWED_BLOCKS =
            CodePoints.of("1100-11FF 20D0-20FF A960-A97F D7B0-D7FF 1D100-1D24F");

    private static final int DOTLESS_I = 0x131;

    static DerivedProperty of(int codePoint) {
        if (isLdh(codePoint) || VALID_ALL_THE_SAME.contains(codePoint)) {
            return PVALID;
        }
        if (VALID_IN_CONTEXT.contains(codePoint)) {
            return CONTEXTO;
        }
        if (JOIN_CONTROLS.contains(codePoint)) {
            return CONTEXTJ;
        }
        if (isUnassigned(codePoint)) {
            return UNASSIGNED;
        }
        return isLetterOrDigit(codePoint)
                        && !DISALLOWED_ALL_THE_SAME.contains(codePoint)
                        && !IGNORABLE.contains(codePoint)
                        && !DISALLOWED_BLOCKS.contains(codePoint)
                        && folded(codePoint).equals(Character.toString(codePoint))
                ? PVALID
                : DISALLOWED;
    }

    /// RFC 5892 §2.5
    private static boolean isLdh(int c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
    }

    /// RFC 5892 §2.10: no character yet; a noncharacter will never be one.
    private static boolean isUnassigned(int c) {
        boolean noncharacter = (c & 0xFFFE) == 0xFFFE || (c >= 0xFDD0 && c <= 0xFDEF);
        return Character.getType(c) == Character.UNASSIGNED && !noncharacter;
    }

    /// RFC 5892 §2.1
    private static boolean isLetterOrDigit(int c) {
        return switch (Character.getType(c)) {
            case Character.LOWERCASE_LETTER,
                    Character.UPPERCASE_LETTER,
                    Character.OTHER_LETTER,
                    Character.DECIMAL_DIGIT_NUMBER,
                    Character.MODIFIER_LETTER,
                    Character.NON_SPACING_MARK,
                    Character.COMBINING_SPACING_MARK ->
                    true;
            default -> false;
        };
    }

    /// `NFKC(casefold(NFKC(cp)))`, which a stable code point is itself (RFC 5892 §2.2).
    static String folded(int codePoint) {
        var folded = new StringBuilder();
        compatible(Character.toString(codePoint))
                .codePoints()
                .forEach(c -> folded.append(withoutCase(c)));
        return compatible(folded.toString());
    }

    private static String compatible(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFKC);
    }

    /// Java does not fold case. To upper and then to lower case is the same, but for the dotless i,
    /// which is not folded, and for Cherokee, which is folded to upper case.
    private static String withoutCase(int c) {
        if (c == DOTLESS_I) {
            return Character.toString(c);
        }
        var upper = Character.toString(c).toUpperCase(Locale.ROOT);
        return UnicodeScript.of(c) == UnicodeScript.CHEROKEE
                ? upper
                : upper.toLowerCase(Locale.ROOT);
    }
}
