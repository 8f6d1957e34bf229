package org.postrider.pop3.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Base64;
import java.util.Comparator;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a client hears when the world does not go on as it should.
class WorldFailsTest {

    @Test
    void aSilentClientIsToldBeforeItHasLoggedIn(@TempDir Path directory) throws IOException {
        var hasty =
                new Pop3Limits(
                        255, 12_288, 20, 60, 5, Duration.ofMillis(200), Duration.ofMinutes(10));
        try (var server = new Pop3TestServer(directory, hasty);
                var client = new Pop3TestClient(server.clear)) {
            assertThat(client.line()).isEqualTo("-ERR nothing heard for too long, good bye");
            client.awaitEnd();
        }
    }

    @Test
    void shutdownDeletesNothing(@TempDir Path directory) throws IOException {
        try (var server = new Pop3TestServer(directory)) {
            var inbox = server.inbox(server.alice);
            inbox.append("Subject: one\n\n1\n");
            try (var client = Pop3TestClient.loggedIn(server.clear, "alice@example.test")) {
                client.ok("DELE 1");
                server.stopListening();
                assertThat(client.line()).isEqualTo("-ERR [SYS/TEMP] the server is shutting down");
                client.awaitEnd();
            }
            inbox.awaitUnlocked();
            assertThat(inbox.view().size()).isEqualTo(1);
        }
    }

    @Test
    void aStoreThatIsGoneIsATemporaryFailureAndQuitSaysSo(@TempDir Path directory)
            throws IOException {
        try (var server = new Pop3TestServer(directory)) {
            server.inbox(server.alice).append("Subject: one\n\n1\n");
            try (var client = Pop3TestClient.loggedIn(server.clear, "alice@example.test")) {
                client.ok("DELE 1");
                server.store.close();
                assertThat(client.err("QUIT")).startsWith("[SYS/TEMP] ");
                client.awaitEnd();
            }
        }
    }

    @Test
    void aMessageThatCannotBeReadIsRefused(@TempDir Path directory) throws IOException {
        try (var server = new Pop3TestServer(directory)) {
            server.inbox(server.alice).append("Subject: one\n\n1\n");
            try (var client = Pop3TestClient.loggedIn(server.clear, "alice@example.test")) {
                server.store.close();
                assertThat(client.err("RETR 1")).startsWith("[SYS/TEMP] ");
                assertThat(client.err("TOP 1 0")).startsWith("[SYS/TEMP] ");
                assertThat(client.ok("STAT")).startsWith("1 ");
            }
        }
    }

    /// What of the message has come cannot be taken for the whole: the line with the dot is
    /// missing.
    @Test
    void aMessageThatBreaksOffIsNeverEnded(@TempDir Path directory) throws IOException {
        try (var server = new Pop3TestServer(directory)) {
            server.inbox(server.alice).append("Subject: large\n\n" + incompressible());
            cutInHalf(largestFile(directory.resolve("segments")));
            try (var client = Pop3TestClient.loggedIn(server.clear, "alice@example.test")) {
                client.send("RETR 1");
                assertThat(client.rest()).startsWith("+OK ").doesNotContain("\r\n.\r\n");
            }
            server.inbox(server.alice).awaitUnlocked();
        }
    }

    @Test
    void aMaildropThatCannotBeReadIsNotLeftLocked(@TempDir Path directory) throws IOException {
        try (var server =
                        new Pop3TestServer(directory, Pop3Limits.DEFAULT, UnreadableAtFirst::new);
                var client = new Pop3TestClient(server.clear)) {
            client.ok("USER alice@example.test");
            assertThat(client.err("PASS " + Pop3TestServer.PASSWORD)).startsWith("[SYS/TEMP] ");
            client.ok("USER alice@example.test");
            assertThat(client.ok("PASS " + Pop3TestServer.PASSWORD)).startsWith("0 messages");
        }
    }

    /// A megabyte that is stored as it is, so that half of the file is half of the message.
    private static String incompressible() {
        var octets = new byte[750_000];
        new Random(1).nextBytes(octets);
        return Base64.getMimeEncoder(76, new byte[] {'\n'}).encodeToString(octets) + "\n";
    }

    private static Path largestFile(Path directory) throws IOException {
        try (var files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile)
                    .max(Comparator.comparingLong(file -> file.toFile().length()))
                    .orElseThrow();
        }
    }

    private static void cutInHalf(Path file) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(channel.size() / 2);
        }
    }
}
