package org.postrider.storage.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextSearchTest {

    @ParameterizedTest
    @CsvSource({
        "hello, Say HELLO there, true",
        "ÉTÉ, en été, true",
        "σας, ΣΑΣ, true",
        "'', '', true",
        "'', x, true",
        "x, '', false",
        "aab, aaab, true",
        "abab, abacabab, true",
        "𐐀, 𐐨, true",
        "𐐀, 𐐩, false",
        "kelvin, \u212Aelvin, true",
        "longer than, short, false",
    })
    void case_does_not_matter(String needle, String text, boolean found) throws IOException {
        assertThat(TextSearch.of(needle).isIn(text)).isEqualTo(found);
        assertThat(TextSearch.of(needle).isIn(new StringReader(text))).isEqualTo(found);
        assertThat(TextSearch.of(needle).isIn(new OneByOne(text))).isEqualTo(found);
    }

    @Test
    void it_finds_what_a_search_in_the_whole_text_finds() throws IOException {
        long seed = System.nanoTime();
        var random = new Random(seed);
        for (int round = 0; round < 20_000; round++) {
            var text = text(random, random.nextInt(60));
            var needle = text(random, random.nextInt(6));
            boolean found = text.toLowerCase(Locale.ROOT).contains(needle.toLowerCase(Locale.ROOT));

            assertThat(TextSearch.of(needle).isIn(new OneByOne(text)))
                    .as("seed %d: %s in %s", seed, needle, text)
                    .isEqualTo(found);
        }
    }

    private static String text(Random random, int length) {
        var text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.appendCodePoint("aAbBéÉ".charAt(random.nextInt(6)));
        }
        return text.toString();
    }

    /// A reader that gives one character at a time.
    private static final class OneByOne extends Reader {

        private final StringReader text;

        OneByOne(String text) {
            this.text = new StringReader(text);
        }

        @Override
        public int read(char[] target, int offset, int length) throws IOException {
            return text.read(target, offset, Math.min(length, 1));
        }

        @Override
        public void close() {
            text.close();
        }
    }
}
