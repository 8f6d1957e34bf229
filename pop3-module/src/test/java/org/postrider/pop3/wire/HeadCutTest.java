package org.postrider.pop3.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HeadCutTest {

    private static final String MESSAGE = "Subject: x\r\nTo: y\r\n\r\none\r\n\r\nthree\r\n";

    @Test
    void noLinesAreTheHeaderAndTheEmptyLine() {
        assertThat(head(MESSAGE, 0)).isEqualTo("Subject: x\r\nTo: y\r\n\r\n");
    }

    @Test
    void linesOfTheBodyAreCountedEmptyOnesToo() {
        assertThat(head(MESSAGE, 1)).isEqualTo("Subject: x\r\nTo: y\r\n\r\none\r\n");
        assertThat(head(MESSAGE, 2)).isEqualTo("Subject: x\r\nTo: y\r\n\r\none\r\n\r\n");
    }

    @Test
    void moreLinesThanThereAreIsAll() {
        assertThat(head(MESSAGE, 4)).isEqualTo(MESSAGE);
        assertThat(head(MESSAGE, Long.MAX_VALUE)).isEqualTo(MESSAGE);
    }

    @Test
    void aMessageWithoutABodyIsAllHeader() {
        assertThat(head("Subject: x\r\n", 0)).isEqualTo("Subject: x\r\n");
        assertThat(head("", 0)).isEmpty();
    }

    @Test
    void aMessageWithoutAHeaderBeginsWithTheEmptyLine() {
        assertThat(head("\r\none\r\ntwo\r\n", 1)).isEqualTo("\r\none\r\n");
    }

    @Test
    void blocksDoNotShow() {
        long seed = System.nanoTime();
        var random = new Random(seed);
        for (int round = 0; round < 5_000; round++) {
            var message = Octets.message(random);
            long lines = random.nextInt(5);
            assertThat(inBlocks(message, lines, random))
                    .as("seed %d", seed)
                    .isEqualTo(byLines(message, lines));
        }
    }

    private static String head(String message, long lines) {
        return inBlocks(message, lines, new Random(1));
    }

    private static String inBlocks(String message, long lines, Random random) {
        var octets = message.getBytes(ISO_8859_1);
        var cut = new HeadCut(lines);
        int at = 0;
        while (at < octets.length && !cut.complete()) {
            int length = Math.min(random.nextInt(9), octets.length - at);
            at += cut.take(Arrays.copyOfRange(octets, at, at + length), length);
        }
        return message.substring(0, at);
    }

    private static String byLines(String message, long lines) {
        var head = new StringBuilder();
        boolean inHeader = true;
        long left = lines;
        for (var line : message.split("(?<=\r\n)", -1)) {
            if (!inHeader && left-- <= 0) {
                break;
            }
            head.append(line);
            inHeader = inHeader && !line.equals("\r\n");
        }
        return head.toString();
    }
}
