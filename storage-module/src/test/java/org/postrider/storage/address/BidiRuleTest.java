package org.postrider.storage.address;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Labels from right to left, and those beside them (RFC 5893 §2).
class BidiRuleTest {

    private static final String ALEF = "\u05d0";
    private static final String BEH = "\u0628";
    private static final String ARABIC_DIGIT = "\u0661";
    private static final String POINT = "\u05b4";

    /// Both end with a mark, which IDNA2003 refused: the Dhivehi word for computer and the name of
    /// the Yiddish institute (RFC 5893 §4.1, §4.2).
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u0786\u07ae\u0782\u07b0\u0795\u07a9\u0793\u07a6\u0783\u07aa",
                "\u05d9\u05d9\u05b4\u05d5\u05d5\u05d0\u05b8"
            })
    void whatEndsWithAMarkIsAWord(String label) {
        assertThat(BidiRule.holds(List.of(label))).isTrue();
        assertThat(IdnaLabel.parse(label)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ALEF,
                BEH,
                ALEF + "1",
                ALEF + "-" + BEH,
                ALEF + "1" + POINT,
                BEH + ARABIC_DIGIT,
                BEH + ARABIC_DIGIT + POINT
            })
    void aLabelFromRightToLeftHasLettersOfThatDirectionAndDigits(String label) {
        assertThat(BidiRule.holds(List.of(label))).isTrue();
        assertThat(BidiRule.holds(List.of("example", label, "a1"))).isTrue();
    }

    /// By conditions: 1, 1, 1, 2, 2, 3, 4, 4, 5.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "1" + ALEF,
                ARABIC_DIGIT,
                "-" + ALEF,
                ALEF + "a",
                ALEF + "a" + ALEF,
                ALEF + "-",
                BEH + "1" + ARABIC_DIGIT,
                BEH + ARABIC_DIGIT + BEH + "1",
                "a" + ALEF
            })
    void whatWouldBeTornApartIsRefused(String label) {
        assertThat(BidiRule.holds(List.of(label))).isFalse();
    }

    /// Conditions 1 and 6.
    @Test
    void besideALabelFromRightToLeftTheOthersAreUnderTheRule() {
        assertThat(BidiRule.holds(List.of("1a", "example"))).isTrue();
        assertThat(BidiRule.holds(List.of("1a", ALEF))).isFalse();
        assertThat(BidiRule.holds(List.of("1", ALEF))).isFalse();
        assertThat(BidiRule.holds(List.of(ALEF, "a-"))).isFalse();
        assertThat(BidiRule.holds(List.of("a1", ALEF))).isTrue();
        assertThat(BidiRule.holds(List.of("e\u0301", ALEF))).isTrue();
    }

    @Test
    void whereNothingRunsFromRightToLeftNothingIsAsked() {
        assertThat(BidiRule.holds(List.of("1-", "-", "\u06f1"))).isTrue();
    }
}
