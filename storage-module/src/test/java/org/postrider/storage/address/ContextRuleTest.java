package org.postrider.storage.address;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Joiners, marks and digits in their places (RFC 5892 appendix A).
class ContextRuleTest {

    /// Sinhala: the island that is called Sri. Hindi: an explicit half form.
    @ParameterizedTest
    @ValueSource(strings = {"\u0dc1\u0dca\u200d\u0dbb\u0dd3", "\u0938\u094d\u200d"})
    void aJoinerFollowsAVirama(String label) {
        assertThat(IdnaLabel.parse(label)).isPresent();
        assertThat(IdnaLabel.parse(label.replace('\u200d', '\u200c'))).isPresent();
    }

    /// Behind a vowel sign, a nukta, a letter that would join, another script's, nothing.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u0dc1\u0dd3\u200d\u0dbb",
                "\u0938\u093c\u200d",
                "\u0646\u200d\u0627",
                "a\u200db",
                "\u200d\u0dbb"
            })
    void aJoinerElsewhereIsRefused(String label) {
        assertThat(IdnaLabel.parse(label)).isEmpty();
    }

    /// Persian: "a letter" and "I want". Then with vowels on both sides, at a Phags-pa letter that
    /// joins what follows it, and behind an Adlam mark that is a letter.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u0646\u0627\u0645\u0647\u200c\u0627\u06cc",
                "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
                "\u0628\u064e\u0651\u200c\u064e\u0628",
                "\ua872\u200c\ua840",
                "\ud83a\udd22\ud83a\udd4b\u200c\ud83a\udd22"
            })
    void aNonJoinerStandsBetweenLettersThatWouldJoin(String label) {
        assertThat(IdnaLabel.parse(label)).isPresent();
    }

    /// Behind a letter that joins nothing that follows, before a hamza, at an end, between others.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u0627\u200c\u0628",
                "\u0628\u200c\u0621",
                "\u0628\u200c",
                "\u200c\u0628",
                "\u0628\u200c\u200c\u0628",
                "\u0628\u200ca",
                "a\u200cb",
                "\ua840\u200c\ua872"
            })
    void aNonJoinerThatDoesNothingIsRefused(String label) {
        assertThat(IdnaLabel.parse(label)).isEmpty();
    }

    @Test
    void aMiddleDotIsThatOfCatalan() {
        assertThat(IdnaLabel.parse("col\u00b7legi")).isPresent();
        assertThat(IdnaLabel.parse("COL\u00b7LEGI")).isPresent();
        assertThat(IdnaLabel.parse("a\u00b7l")).isEmpty();
        assertThat(IdnaLabel.parse("l\u00b7a")).isEmpty();
        assertThat(IdnaLabel.parse("l\u00b7")).isEmpty();
        assertThat(IdnaLabel.parse("\u00b7l")).isEmpty();
    }

    @Test
    void aGreekNumeralSignStandsBeforeGreek() {
        assertThat(IdnaLabel.parse("\u0375\u03b1")).isPresent();
        assertThat(IdnaLabel.parse("\u0375a")).isEmpty();
        assertThat(IdnaLabel.parse("\u03b1\u0375")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u05f3", "\u05f4"})
    void hebrewPunctuationFollowsHebrew(String mark) {
        assertThat(IdnaLabel.parse("\u05d0" + mark + "\u05d1")).isPresent();
        assertThat(IdnaLabel.parse("\u05d0" + mark)).isPresent();
        assertThat(IdnaLabel.parse(mark + "\u05d0")).isEmpty();
        assertThat(IdnaLabel.parse("\u0627" + mark)).isEmpty();
    }

    @Test
    void aKatakanaMiddleDotNeedsJapaneseSomewhere() {
        assertThat(IdnaLabel.parse("日本\u30fb東京")).isPresent();
        assertThat(IdnaLabel.parse("a\u30fbbあ")).isPresent();
        assertThat(IdnaLabel.parse("\u30fbア")).isPresent();
        assertThat(IdnaLabel.parse("a\u30fbb")).isEmpty();
        assertThat(IdnaLabel.parse("\u30fb\u30fc")).isEmpty();
    }

    @Test
    void theTwoSetsOfArabicDigitsAreNotMixed() {
        assertThat(IdnaLabel.parse("\u0628\u0660\u0669")).isPresent();
        assertThat(IdnaLabel.parse("\u0628\u06f0\u06f9")).isPresent();
        assertThat(IdnaLabel.parse("\u0628\u0660\u0628\u06f0")).isEmpty();
    }
}
