package org.postrider.pop3.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
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
}
