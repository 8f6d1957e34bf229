package org.postrider.transport.sasl;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.IDN;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Names and passwords as RFC 4013 prepares them.
class SaslPrepTest {

    /// The first five are the examples of RFC 4013 §3.
    @ParameterizedTest
    @CsvSource({
        "I\u00adX, IX",
        "user, user",
        "USER, USER",
        "\u00aa, a",
        "\u2168, IX",
        "p\u00e4ss w\u00f6rd, p\u00e4ss w\u00f6rd",
        "pa\u0308ss, p\u00e4ss",
        "a\u00a0b\u3000c, a b c",
        "a\u200bb, a b",
        "\ufb01sh, fish",
        "\u06271\u0628, \u06271\u0628",
        "\u05d0\u05d1, \u05d0\u05d1",
        "\ud87e\udc68, \ud844\udf6a",
    })
    void whatIsWrittenInSeveralWaysBecomesOne(String text, String prepared) {
        assertThat(SaslPrep.stored(text).orElse(null)).isEqualTo(prepared);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\u00ad",
                "\u0007",
                "a\u007fb",
                "\u0085",
                "\u06271",
                "\u0627x\u0628",
                "x\u05d0",
                "\ue000",
                "\ufdd0",
                "a\ud800",
                "\udc00a",
                "\ufffd",
                "\u2ff0",
                "\u200e",
                "\u206a",
                "\udb40\udc01"
            })
    void whatIsProhibitedIsNotPrepared(String text) {
        assertThat(SaslPrep.stored(text)).isEmpty();
        assertThat(SaslPrep.query(text)).isEmpty();
    }

    @Test
    void whatUnicode32DoesNotKnowIsLookedUpButNotStored() {
        assertThat(SaslPrep.stored("\ud83d\ude00")).isEmpty();
        assertThat(SaslPrep.query("\ud83d\ude00")).contains("\ud83d\ude00");
    }

    /// Java's own IDN (RFC 3490) rests on the same table and says so one code point at a time. The
    /// planes above are bare but for a few tags.
    @Test
    void theUnassignedCodePointsAreThoseOfTheStandard() {
        IntPredicate looked = c -> c < 0x30000 || (c >= 0xe0000 && c < 0xe0100);
        IntPredicate unassigned = c -> isName(c, IDN.ALLOW_UNASSIGNED) && !isName(c, 0);
        assertThat(characters(looked.and(unassigned)))
                .isEqualTo(characters(looked.and(StringprepTable.UNASSIGNED::contains)));
    }

    private static boolean isName(int codePoint, int flags) {
        try {
            return !IDN.toASCII(Character.toString(codePoint), flags).isEmpty();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /// No character has turned since.
    @Test
    void theCharactersFromRightToLeftAreStillThoseOfTheStandard() {
        IntPredicate known =
                c ->
                        !StringprepTable.UNASSIGNED.contains(c)
                                && !StringprepTable.PROHIBITED.contains(c);
        assertThat(characters(known.and(SaslPrepTest::runsFromRightToLeft)))
                .isEqualTo(characters(known.and(StringprepTable.RIGHT_TO_LEFT::contains)));
    }

    private static boolean runsFromRightToLeft(int codePoint) {
        return switch (Character.getDirectionality(codePoint)) {
            case Character.DIRECTIONALITY_RIGHT_TO_LEFT,
                    Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC ->
                    true;
            default -> false;
        };
    }

    @Test
    void theTablesAreWhole() {
        assertThat(count(StringprepTable.UNASSIGNED)).isEqualTo(879_309);
        assertThat(count(StringprepTable.NOTHING)).isEqualTo(27);
        assertThat(count(StringprepTable.SPACES)).isEqualTo(17);
        assertThat(count(StringprepTable.PROHIBITED)).isEqualTo(139_796);
        assertThat(count(StringprepTable.LEFT_TO_RIGHT)).isEqualTo(229_973);
    }

    private static long count(StringprepTable table) {
        return IntStream.rangeClosed(0, Character.MAX_CODE_POINT).filter(table::contains).count();
    }

    private static int[] characters(IntPredicate which) {
        return IntStream.rangeClosed(0x80, Character.MAX_CODE_POINT)
                .filter(c -> c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE)
                .filter(which)
                .toArray();
    }
}
