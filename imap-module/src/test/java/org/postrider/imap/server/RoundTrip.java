package org.postrider.imap.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/// Puts a message into INBOX and reads it back in every way there is.
final class RoundTrip {

    private static final int STEP = 4000;

    private final Client client;
    private int uid;

    RoundTrip(Client client) {
        this.client = client;
    }

    /// @param name of the message, for whoever reads a failure
    void of(String name, byte[] message) throws IOException {
        if (new String(message, StandardCharsets.ISO_8859_1).indexOf(0) >= 0) {
            assertThat(client.append("INBOX", message).text())
                    .as(name)
                    .contains("t NO [CANNOT] The message holds a NUL");
            return;
        }
        if (message.length == 0) {
            assertThat(client.append("INBOX", message).text())
                    .as(name)
                    .contains("t NO [CANNOT] A message is not empty");
            return;
        }
        var expected = withLineEnds(message);
        assertThat(client.append("INBOX", message).text()).as(name).contains("t OK [APPENDUID");
        uid++;
        var whole = client.ok("UID FETCH " + uid + " (RFC822.SIZE BODY.PEEK[])");
        assertThat(whole.literals().getFirst()).as(name).isEqualTo(expected);
        assertThat(whole.text()).as(name).contains("RFC822.SIZE " + expected.length + " ");
        headerAndText(name, expected);
        pieces(name, expected);
        parts(name, expected);
        client.ok("UID FETCH " + uid + " (ENVELOPE BODYSTRUCTURE BODY)");
    }

    private void headerAndText(String name, byte[] expected) throws IOException {
        var answer = client.ok("UID FETCH " + uid + " (BODY.PEEK[HEADER] BODY.PEEK[TEXT])");
        var joined = new ByteArrayOutputStream();
        answer.literals().forEach(joined::writeBytes);
        assertThat(joined.toByteArray()).as(name).isEqualTo(expected);
    }

    private void pieces(String name, byte[] expected) throws IOException {
        if (expected.length > 20 * STEP) {
            return;
        }
        var joined = new ByteArrayOutputStream();
        for (int from = 0; from < expected.length; from += STEP) {
            var range = "<" + from + "." + STEP + ">";
            joined.writeBytes(
                    client.ok("UID FETCH " + uid + " BODY.PEEK[]" + range).literals().getFirst());
        }
        assertThat(joined.toByteArray()).as(name).isEqualTo(expected);
    }

    /// Each part, with its header in front, stands in the message so.
    private void parts(String name, byte[] expected) throws IOException {
        var message = new String(expected, StandardCharsets.ISO_8859_1);
        for (int part = 1; part < 50; part++) {
            var items = "(BODY.PEEK[%d.MIME] BODY.PEEK[%d])".formatted(part, part);
            var answer = client.ok("UID FETCH " + uid + " " + items);
            if (answer.literals().size() < 2) {
                assertThat(part).as(name).isGreaterThan(1);
                return;
            }
            var header = new String(answer.literals().get(0), StandardCharsets.ISO_8859_1);
            var body = new String(answer.literals().get(1), StandardCharsets.ISO_8859_1);
            assertThat(message.contains(header + body)).as(name + " part " + part).isTrue();
        }
    }

    /// Every line ended by CRLF, as the store keeps messages.
    private static byte[] withLineEnds(byte[] message) {
        var text = new String(message, StandardCharsets.ISO_8859_1);
        var lines = text.replace("\r\n", "\n").replace('\r', '\n');
        var ended = lines.endsWith("\n") || lines.isEmpty() ? lines : lines + "\n";
        return ended.replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1);
    }
}
