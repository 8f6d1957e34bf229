package org.postrider.pop3.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DotStufferTest {

    @Test
    void aDotAtTheBeginningOfALineIsDoubled() throws IOException {
        assertThat(stuffed(".\r\n..\r\na.b\r\n")).isEqualTo("..\r\n...\r\na.b\r\n.\r\n");
    }

    @Test
    void anEmptyMessageIsOnlyTheEnd() throws IOException {
        assertThat(stuffed("")).isEqualTo(".\r\n");
    }

    @Test
    void theEndStandsOnALineOfItsOwn() throws IOException {
        assertThat(stuffed("no line end")).isEqualTo("no line end\r\n.\r\n");
    }

    /// Wherever a block ends, between CR and LF too, the octets that come out are those of the
    /// whole.
    @Test
    void blocksDoNotShow() throws IOException {
        long seed = System.nanoTime();
        var random = new Random(seed);
        for (int round = 0; round < 5_000; round++) {
            var message = Octets.message(random);
            var expected = message.replaceAll("(?m)^\\.", "..") + ".\r\n";
            assertThat(inBlocks(message, random)).as("seed %d", seed).isEqualTo(expected);
        }
    }

    private static String stuffed(String message) throws IOException {
        var out = new Octets();
        var stuffer = new DotStuffer(out.sink());
        stuffer.write(message.getBytes(ISO_8859_1), 0, message.length());
        stuffer.end();
        return out.written();
    }

    private static String inBlocks(String message, Random random) throws IOException {
        var octets = message.getBytes(ISO_8859_1);
        var out = new Octets();
        var stuffer = new DotStuffer(out.sink());
        int at = 0;
        while (at < octets.length) {
            int length = Math.min(random.nextInt(9), octets.length - at);
            stuffer.write(octets, at, length);
            at += length;
        }
        stuffer.end();
        return out.written();
    }
}
