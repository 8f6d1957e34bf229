package org.postrider.imap.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TextMatchTest {

    @Test
    void caseDoesNotMatter() {
        assertThat(new TextMatch("GRÜSSE").isIn("viele grüsse aus")).isTrue();
        assertThat(new TextMatch("ΑΣ").isIn("ας")).isTrue();
        assertThat(new TextMatch("").isIn("")).isTrue();
        assertThat(new TextMatch("x").isIn("")).isFalse();
    }

    @Test
    void whatStartsTwiceIsStillFound() {
        assertThat(new TextMatch("aab").isIn("aaab")).isTrue();
        assertThat(new TextMatch("ababac").isIn("abababac")).isTrue();
    }

    @Test
    void streamsAndStringsAgreeWithAPlainSearch() throws Exception {
        long seed = System.nanoTime();
        var random = new SplittableRandom(seed);
        for (int i = 0; i < 5000; i++) {
            var text = text(random, random.nextInt(40));
            var sought = text(random, 1 + random.nextInt(5));
            boolean there = text.toLowerCase(Locale.ROOT).contains(sought.toLowerCase(Locale.ROOT));
            var match = new TextMatch(sought);
            assertThat(match.isIn(text)).as("seed " + seed).isEqualTo(there);
            assertThat(match.isIn(new StringReader(text))).as("seed " + seed).isEqualTo(there);
        }
    }

    private static String text(SplittableRandom random, int length) {
        var text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append("abAB".charAt(random.nextInt(4)));
        }
        return text.toString();
    }
}
