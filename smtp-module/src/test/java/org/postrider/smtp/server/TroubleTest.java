package org.postrider.smtp.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postrider.storage.jdbc.FullDisk;
import org.postrider.storage.testing.TestStores;
import org.postrider.transport.TlsMode;
import org.postrider.transport.TransportLimits;
import org.postrider.transport.sasl.PlainTextLogin;

/// When the server cannot go on: the client is told to try again, and nothing is taken over.
final class TroubleTest {

    private static final SmtpSettings MX = SmtpSettings.mx(SmtpServer.HOSTNAME);

    @TempDir Path directory;

    @Test
    void aMessageThatCannotBeStoredIsNotTakenOver() throws IOException {
        try (var server = new SmtpServer(directory)) {
            var address = server.listen(MX, PlainTextLogin.TLS, TlsMode.NONE);
            try (var client = SmtpClient.greeted(address)) {
                client.command("MAIL FROM:<carol@elsewhere.test>");
                assertThat(client.command("RCPT TO:<alice@example.test>")).startsWith("250");
                server.store().close();
                client.command("DATA");
                client.send("Subject: late\r\n\r\n.\r\n");
                assertThat(client.reply()).startsWith("451 4.3.0 ");
                assertThat(client.command("NOOP")).startsWith("250");
                assertThat(client.command("DATA")).startsWith("503");
            }
        }
    }

    /// At one write or another: nothing half is there, and it goes on when there is room.
    @Test
    void aDiskThatIsFullInTheMiddleOfAMessageIsATemporaryFailure() throws IOException {
        var disk = FullDisk.install();
        var large = "Subject: large\r\n\r\n" + TestStores.noise(1, 500_000);
        var small = "Subject: small\r\n\r\nbody\r\n";
        try (var server = new SmtpServer(disk.open(FullDisk.settings(directory)))) {
            var address = server.listen(MX, PlainTextLogin.TLS, TlsMode.NONE);
            int rounds = 0;
            int writes = 0;
            for (var reply = ""; !reply.startsWith("250 "); rounds++) {
                try (var client = SmtpClient.greeted(address)) {
                    client.command("MAIL FROM:<carol@elsewhere.test>");
                    client.command("RCPT TO:<alice@example.test>");
                    disk.hasRoomFor(writes);
                    assertThat(client.command("DATA")).startsWith("354 ");
                    client.send(SmtpClient.stuffed(large));
                    reply = client.reply();
                    disk.hasRoom();
                    assertThat(reply).containsPattern("^(250 2|451 4\\.3)\\.0");
                    assertThat(client.message(small, "alice@example.test")).startsWith("250 ");
                }
                writes += 1 + writes / 2;
                assertThat(writes).isLessThan(200);
            }
            assertThat(rounds).isGreaterThan(3);
            var texts = server.inbox(server.alice()).stream().map(SmtpServer.Stored::message);
            assertThat(texts.filter(text -> !text.equals(large) && !text.equals(small))).isEmpty();
            assertThat(server.inbox(server.alice()).getLast().message()).isEqualTo(small);
            assertThat(server.count(server.alice())).isBetween(rounds + 1, 2 * rounds);
        }
    }

    @Test
    void aShutdownIsToldToThoseWhoAreConnected() throws IOException {
        var server = new SmtpServer(directory);
        var address = server.listen(MX, PlainTextLogin.TLS, TlsMode.NONE);
        try (var client = SmtpClient.greeted(address)) {
            server.close();
            assertThat(client.reply())
                    .isEqualTo("421 4.3.2 mx.example.test The server is shutting down");
            assertThat(client.isClosed()).isTrue();
        }
    }

    @Test
    void oneConnectionTooManyIsToldSo() throws IOException {
        var limits = TransportLimits.standard().withConnections(100, 1);
        try (var server = new SmtpServer(directory, limits)) {
            var address = server.listen(MX, PlainTextLogin.TLS, TlsMode.NONE);
            try (var first = SmtpClient.greeted(address);
                    var second = new SmtpClient(address)) {
                assertThat(second.reply())
                        .isEqualTo("421 4.7.0 mx.example.test Too many connections");
                assertThat(second.isClosed()).isTrue();
                assertThat(first.command("NOOP")).startsWith("250");
            }
        }
    }
}
