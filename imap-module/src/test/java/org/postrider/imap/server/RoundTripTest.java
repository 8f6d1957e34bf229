package org.postrider.imap.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RoundTripTest {

    @Test
    void messagesComeBackAsTheyWent() throws Exception {
        try (var stage = new ImapStage();
                var client = Client.inInbox(stage.address(), "alice")) {
            var trip = new RoundTrip(client);
            trip.of("simple", octets(ImapStage.message("simple")));
            trip.of("multipart", octets(ImapStage.message("multipart")));
            trip.of("bare line ends", octets("A: b\n\nx\ry\r\n\r\r\nz"));
            trip.of("no header", octets("\r\nonly text\r\n"));
            trip.of("no text", octets("Subject: only this\r\n"));
            trip.of("8 bit", octets("Subject: gr\u00fcn\r\n\r\n\u00e4\u00f6\u00fc\u00ff\r\n"));
            trip.of("nul", octets("A: b\r\n\r\na\0b\r\n"));
            trip.of("long line", octets("A: b\r\n\r\n" + "x".repeat(100_000)));
            trip.of(
                    "broken multipart",
                    octets(
                            "Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n\r\na\r\n--x\r\n"));
        }
    }

    @Test
    void aLargeMessageStreamsThrough() throws Exception {
        var text = new StringBuilder("Subject: large\r\n\r\n");
        var random = new Random(42);
        while (text.length() < 20_000_000) {
            text.append(Long.toHexString(random.nextLong())).append("\r\n");
        }
        try (var stage = new ImapStage();
                var client = Client.inInbox(stage.address(), "alice")) {
            var message = octets(text.toString());
            client.append("INBOX", message);
            var answer = client.ok("FETCH 1 (RFC822.SIZE BODY[])");
            assertThat(answer.literals().getFirst()).isEqualTo(message);
            assertThat(answer.text()).contains("FLAGS (\\Seen \\Recent)");
        }
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
