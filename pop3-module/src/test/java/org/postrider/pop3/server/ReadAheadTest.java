package org.postrider.pop3.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A client that takes its messages in order gets each of them, whatever was read ahead.
class ReadAheadTest {

    @TempDir private Path directory;

    private Pop3TestServer server;

    @BeforeEach
    void start() throws IOException {
        server = new Pop3TestServer(directory);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void everyMessageIsTheOneThatWasAskedFor() throws IOException {
        var messages = messages(60, 100, 70_000);
        server.inbox(server.alice).appendAll(messages);
        try (var client = Pop3TestClient.loggedIn(server.clear, "alice@example.test")) {
            for (int number = 1; number <= 40; number++) {
                if (number == 7) { // what is read ahead by now, and what is not
                    client.ok("DELE 9");
                    client.ok("DELE 38");
                }
                if (number == 9 || number == 38) {
                    assertThat(client.err("RETR " + number)).contains("marked for deletion");
                } else {
                    assertRetrieved(client, messages, number);
                }
            }
            client.ok("RSET");
            for (int number : new int[] {9, 10, 11, 11, 12, 60, 59, 58, 1, 2, 3, 60}) {
                assertRetrieved(client, messages, number);
            }
            assertThat(client.err("RETR 61")).contains("no such message");
        }
    }

    private static void assertRetrieved(Pop3TestClient client, List<byte[]> messages, int number)
            throws IOException {
        assertThat(client.octets("RETR " + number))
                .as("message %d", number)
                .isEqualTo(messages.get(number - 1));
    }

    @Test
    void aDamagedMessageIsRefusedWhenItsTurnComes() throws IOException {
        var messages = messages(5, 20_000, 20_001);
        for (var message : messages) {
            server.inbox(server.alice).append(message);
        }
        damage(directory.resolve("segments"), messages.get(2));
        try (var client = Pop3TestClient.loggedIn(server.clear, "alice@example.test")) {
            for (int number : new int[] {1, 2, 4, 5}) {
                assertRetrieved(client, messages, number);
            }
            assertThat(client.err("RETR 3")).startsWith("[SYS/TEMP] ");
            assertRetrieved(client, messages, 4);
        }
    }

    /// Messages that cannot be stored smaller than they are.
    private static List<byte[]> messages(int count, int smallest, int largest) {
        var random = new Random(1);
        var messages = new ArrayList<byte[]>();
        for (int number = 1; number <= count; number++) {
            var text = new StringBuilder("Subject: " + number + "\r\n\r\n");
            int size = random.nextInt(smallest, largest);
            while (text.length() < size) {
                random.ints(70, 0xA1, 0x100).forEach(octet -> text.append((char) octet));
                text.append("\r\n");
            }
            messages.add(text.toString().getBytes(ISO_8859_1));
        }
        return messages;
    }

    /// Changes an octet of a message in the file that has it.
    private static void damage(Path segments, byte[] message) throws IOException {
        var middle = new String(message, 10_000, 64, ISO_8859_1);
        try (var files = Files.walk(segments)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                int at = Files.readString(file, ISO_8859_1).indexOf(middle);
                if (at >= 0) {
                    try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                        channel.write(ByteBuffer.wrap(new byte[] {0}), at);
                        return;
                    }
                }
            }
        }
        throw new AssertionError("the message is nowhere");
    }
}
