package org.postrider.pop3.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every message of the corpus comes back byte for byte: RETR whole, TOP a part of it from the
/// beginning. The environment variable `POSTRIDER_SHARED` names the directory above the corpus.
@Tag("shared")
class CorpusTest {

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);

    @Test
    void everyMessageComesBack(@TempDir Path directory) throws IOException {
        try (var server = new Pop3TestServer(directory)) {
            var stored = store(server.inbox(server.alice));
            try (var client = Pop3TestClient.loggedIn(server.clear, "alice@example.test")) {
                for (int number = 1; number <= stored.size(); number++) {
                    compare(client, number, stored.get(number - 1));
                }
            }
            System.out.println("CorpusTest: " + stored.size() + " messages came back");
        }
    }

    /// Puts all messages but those that hold a NUL into the INBOX.
    private static List<Path> store(Inbox inbox) throws IOException {
        var stored = new ArrayList<Path>();
        var messages = new ArrayList<byte[]>();
        for (var file : files()) {
            var octets = Files.readAllBytes(file);
            if (contains(octets, (byte) 0)) {
                assertThat(inbox.refuses(octets)).as(file.toString()).isTrue();
            } else {
                messages.add(octets);
                stored.add(file);
            }
        }
        assertThat(stored).isNotEmpty();
        inbox.appendAll(messages);
        return stored;
    }

    private void compare(Pop3TestClient client, int number, Path file) throws IOException {
        var expected = canonical(Files.readAllBytes(file));
        assertThat(client.ok("LIST " + number)).isEqualTo(number + " " + expected.length);
        assertThat(client.octets("RETR " + number)).as(file.toString()).isEqualTo(expected);
        for (int lines : new int[] {0, random.nextInt(20)}) {
            assertThat(client.octets("TOP " + number + " " + lines))
                    .as("TOP %d of %s, seed %d", lines, file, seed)
                    .isEqualTo(head(expected, lines));
        }
    }

    private static List<Path> files() throws IOException {
        var corpus = Path.of(System.getenv("POSTRIDER_SHARED"), "corpus", "open");
        try (var files = Files.walk(corpus)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !file.getFileName().toString().equals("MANIFEST.tsv"))
                    .sorted()
                    .toList();
        }
    }

    /// Every line end a CRLF, and one at the end.
    private static byte[] canonical(byte[] octets) {
        var text = new String(octets, ISO_8859_1).replaceAll("\r\n|\r|\n", "\r\n");
        var complete = text.isEmpty() || text.endsWith("\r\n") ? text : text + "\r\n";
        return complete.getBytes(ISO_8859_1);
    }

    private static byte[] head(byte[] message, int lines) {
        var head = new ByteArrayOutputStream();
        int left = -1;
        int start = 0;
        for (int at = 1; at < message.length && left != 0; at++) {
            if (message[at] == '\n') {
                head.write(message, start, at + 1 - start);
                boolean empty = at + 1 - start == 2;
                if (left > 0) {
                    left--;
                } else if (empty) {
                    left = lines;
                }
                start = at + 1;
            }
        }
        return left == -1 ? message : head.toByteArray();
    }

    private static boolean contains(byte[] octets, byte wanted) {
        for (byte octet : octets) {
            if (octet == wanted) {
                return true;
            }
        }
        return false;
    }
}
