package org.postrider.pop3.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A maildrop of many messages: nothing takes longer than in proportion to them.
class LargeMaildropTest {

    private static final int MESSAGES = 20_000;
    private static final int PIPELINED = 500;

    @Test
    void listingsAndMarksAreLinear(@TempDir Path directory) throws IOException {
        try (var server = new Pop3TestServer(directory)) {
            var inbox = server.inbox(server.alice);
            inbox.appendMany("Subject: many\n\n1\n", MESSAGES);
            try (var client = Pop3TestClient.loggedIn(server.clear, "alice@example.test")) {
                var begun = System.nanoTime();
                assertThat(client.lines("LIST"))
                        .isEqualTo(numbers().mapToObj(number -> number + " 20").toList());
                assertThat(client.lines("UIDL")).hasSize(MESSAGES).doesNotHaveDuplicates();
                deleteAllButOne(client);
                assertThat(client.ok("STAT")).isEqualTo("1 20");
                client.ok("QUIT");
                var took = Duration.ofNanos(System.nanoTime() - begun);
                System.out.println("LargeMaildropTest: " + took.toMillis() + " ms");
            }
            assertThat(inbox.view().size()).isEqualTo(1);
        }
    }

    private static void deleteAllButOne(Pop3TestClient client) throws IOException {
        for (int first = 1; first < MESSAGES; first += PIPELINED) {
            var numbers = IntStream.range(first, Math.min(first + PIPELINED, MESSAGES));
            var commands = numbers.mapToObj(number -> "DELE " + number).toList();
            client.send(String.join("\r\n", commands));
            for (var command : commands) {
                assertThat(client.line()).as(command).startsWith("+OK");
            }
        }
    }

    private static IntStream numbers() {
        return IntStream.rangeClosed(1, MESSAGES);
    }
}
