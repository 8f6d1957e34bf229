package org.postrider.imap.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.postrider.storage.testing.mime.SampleMail;

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
    void sampleMailComesBackAsItWent() throws Exception {
        long seed = Long.getLong("postrider.seed", System.nanoTime());
        System.out.println("seed " + seed);
        try (var stage = new ImapStage();
                var client = Client.inInbox(stage.address(), "alice")) {
            var trip = new RoundTrip(client);
            for (long i = seed; i < seed + 40; i++) {
                trip.of("realistic " + i, SampleMail.realistic(i));
                trip.of("torturous " + i, SampleMail.torturous(i));
            }
            client.ok("SEARCH TEXT zyzzyva");
        }
    }

    @Test
    void envelopesAndStructuresAreKnown() throws Exception {
        try (var stage = new ImapStage();
                var client = Client.inInbox(stage.address(), "alice")) {
            int number = 0;
            for (var mail : SampleMail.golden()) {
                if (mail.octets().length == 0) {
                    continue; // APPEND takes no empty message.
                }
                client.append("INBOX", mail.octets());
                var answer = client.ok("FETCH " + ++number + " (ENVELOPE BODYSTRUCTURE)");
                assertThat(answer.text())
                        .as(mail.name())
                        .contains("ENVELOPE " + mail.envelope())
                        .contains("BODYSTRUCTURE " + mail.bodyStructure());
            }
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
