package org.postrider.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Line ends become CRLF, wherever the octets are cut on their way.
class LineEndsTest {

    @Test
    void theyAreTheSameHoweverTheOctetsAreCut() {
        long seed = System.nanoTime();
        System.out.printf("line ends: seed %d%n", seed);
        var random = new Random(seed);
        for (int i = 0; i < 5_000; i++) {
            var text = text(random);
            assertThat(normalised(text, random)).as("of %s", text).isEqualTo(expected(text));
        }
    }

    private static String expected(String text) {
        var lines = text.replace("\r\n", "\n").replace('\r', '\n');
        return (lines.isEmpty() || lines.endsWith("\n") ? lines : lines + "\n")
                .replace("\n", "\r\n");
    }

    private static String text(Random random) {
        var text = new StringBuilder();
        for (int i = random.nextInt(12); i > 0; i--) {
            text.append("\r\nab".charAt(random.nextInt(4)));
        }
        return text.toString();
    }

    private static String normalised(String text, Random random) {
        var lines = new LineEnds();
        var out = new StringBuilder();
        for (int at = 0; at < text.length(); ) {
            int end = at + 1 + random.nextInt(text.length() - at);
            var piece = text.substring(at, end).getBytes(StandardCharsets.ISO_8859_1);
            var octets = lines.normalise(piece, piece.length);
            out.append(new String(octets, 0, lines.length(), StandardCharsets.ISO_8859_1));
            at = end;
        }
        return out + new String(lines.finish(), StandardCharsets.ISO_8859_1);
    }
}
