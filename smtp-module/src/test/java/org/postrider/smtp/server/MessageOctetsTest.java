package org.postrider.smtp.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postrider.transport.TlsMode;
import org.postrider.transport.sasl.PlainTextLogin;

/// What goes in by DATA is in the store as it was, behind the trace fields.
final class MessageOctetsTest {

    @TempDir Path directory;
    private SmtpServer server;
    private InetSocketAddress address;

    @BeforeEach
    void start() throws IOException {
        server = new SmtpServer(directory);
        address =
                server.listen(
                        SmtpSettings.mx(SmtpServer.HOSTNAME), PlainTextLogin.TLS, TlsMode.NONE);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void linesLongerThan998OctetsAreKept() throws IOException {
        comesBack(
                "Subject: long\r\n\r\n" + "x".repeat(100_000) + "\r\n" + "y".repeat(999) + "\r\n");
    }

    @Test
    void everyOctetButNulIsKept() throws IOException {
        var octets = new StringBuilder("Subject: all\r\n\r\n");
        for (char octet = 1; octet < 256; octet++) {
            octets.append(octet == '\r' || octet == '\n' ? ' ' : octet);
        }
        comesBack(octets + "\r\n");
    }

    @Test
    void aMessageWithoutHeaderOrBodyIsKept() throws IOException {
        comesBack("\r\n");
        comesBack("\r\nonly a body\r\n");
        comesBack("Subject: only a header\r\n");
        comesBack(" not even a header\r\n");
        comesBack(".\r\n..\r\n...\r\n");
    }

    /// Stuffing and packets may meet in any way.
    @ParameterizedTest
    @ValueSource(longs = {21, 22, 23, 24})
    void dotsAndPacketsMayMeetInAnyWay(long seed) throws IOException {
        var random = new SplittableRandom(seed);
        var text = new StringBuilder("Subject: dots\r\n\r\n");
        for (int i = 0; i < 5_000; i++) {
            text.append(
                    switch (random.nextInt(5)) {
                        case 0 -> ".";
                        case 1 -> "\r\n";
                        case 2 -> "..";
                        case 3 -> "x";
                        default -> "\r\n.";
                    });
        }
        var message = text + "\r\n";
        try (var client = SmtpClient.greeted(address)) {
            client.command("MAIL FROM:<carol@elsewhere.test>");
            client.command("RCPT TO:<alice@example.test>");
            client.command("DATA");
            var wire = SmtpClient.stuffed(message);
            for (int at = 0; at < wire.length(); ) {
                int part = Math.min(wire.length() - at, 1 + random.nextInt(40));
                client.send(wire.substring(at, at + part));
                at += part;
            }
            assertThat(client.reply()).as("seed %d", seed).startsWith("250 2.0.0");
            assertThat(client.command("NOOP")).startsWith("250");
        }
        assertThat(server.inbox(server.alice()).getLast().message())
                .as("seed %d", seed)
                .isEqualTo(message);
    }

    /// As large as a message may be, and taken in one piece by nobody.
    @Test
    void aMessageOfTheLargestSizeIsKept() throws IOException {
        var line = "0123456789abcdef".repeat(64) + "\r\n";
        var message = new StringBuilder("Subject: large\r\n\r\n");
        long limit = SmtpLimits.defaults().messageOctets();
        while (message.length() + line.length() <= limit) {
            message.append(line);
        }
        comesBack(message + "x".repeat((int) (limit - message.length() - 2)) + "\r\n");
    }

    @Test
    void aMessageThatIsCutOffIsNotThere() throws IOException {
        try (var client = SmtpClient.greeted(address)) {
            client.command("MAIL FROM:<carol@elsewhere.test>");
            client.command("RCPT TO:<alice@example.test>");
            client.command("DATA");
            client.send("Subject: half\r\n\r\nof the text\r\n");
        }
        comesBack("Subject: whole\r\n");
        assertThat(server.count(server.alice())).isEqualTo(1);
    }

    private void comesBack(String text) throws IOException {
        try (var client = SmtpClient.greeted(address)) {
            assertThat(client.message(text, "alice@example.test")).startsWith("250 2.0.0");
        }
        assertThat(server.inbox(server.alice()).getLast().message()).isEqualTo(text);
    }
}
