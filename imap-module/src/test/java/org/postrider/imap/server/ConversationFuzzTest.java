package org.postrider.imap.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.postrider.transport.testing.TestClient;

/// Clients that send nonsense, logged in and with a mailbox open, find no fault in the server.
class ConversationFuzzTest {

    private static final int CLIENTS = 40;
    private static final int COMMANDS = 60;

    private static final List<String> WORDS =
            List.of(
                    "FETCH",
                    "STORE",
                    "SEARCH",
                    "COPY",
                    "UID",
                    "EXPUNGE",
                    "SELECT",
                    "EXAMINE",
                    "CLOSE",
                    "LIST",
                    "LSUB",
                    "STATUS",
                    "CREATE",
                    "DELETE",
                    "RENAME",
                    "APPEND",
                    "IDLE",
                    "DONE",
                    "NOOP",
                    "SUBSCRIBE",
                    "1:*",
                    "*",
                    "2,3:4",
                    "1",
                    "INBOX",
                    "Sent",
                    "box",
                    "box/a",
                    "\"\"",
                    "%",
                    "FLAGS",
                    "+FLAGS",
                    "-FLAGS.SILENT",
                    "(\\Seen)",
                    "(\\Deleted x)",
                    "(FLAGS UID)",
                    "BODY[]",
                    "BODY[1]",
                    "BODY[2.1.MIME]<0.9>",
                    "ENVELOPE",
                    "BODYSTRUCTURE",
                    "FULL",
                    "BODY[HEADER.FIELDS (FROM)]",
                    "ALL",
                    "UNSEEN",
                    "TEXT",
                    "FROM",
                    "x",
                    "OR",
                    "NOT",
                    "(MESSAGES RECENT)",
                    "{3+}\r\nabc",
                    "{12+}\r\nA: b\r\n\r\nc\r\n\r\n",
                    "{2}\r\nhi",
                    "(",
                    ")");

    @Test
    void nonsenseIsAnsweredAndNothingBreaks() throws Exception {
        long seed = Long.getLong("postrider.seed", System.nanoTime());
        System.out.println("seed " + seed);
        var random = new SplittableRandom(seed);
        try (var stage = new ImapStage()) {
            stage.given("3 messages in alice INBOX");
            stage.given("message multipart in alice INBOX");
            for (int i = 0; i < CLIENTS; i++) {
                assertThat(said(stage, nonsense(random)))
                        .as("seed " + seed)
                        .contains("OK [READ-WRITE]")
                        .doesNotContain("SERVERBUG");
            }
            try (var client = Client.inInbox(stage.address(), "alice")) {
                client.ok("UID FETCH 1:* (FLAGS BODY.PEEK[])");
            }
        }
    }

    private static String nonsense(SplittableRandom random) {
        var text = new StringBuilder("a LOGIN alice secret\r\nb SELECT INBOX\r\n");
        for (int command = 0; command < COMMANDS; command++) {
            text.append("t").append(command);
            for (int words = 1 + random.nextInt(5); words > 0; words--) {
                text.append(' ').append(WORDS.get(random.nextInt(WORDS.size())));
            }
            text.append("\r\n");
        }
        return text.toString();
    }

    private static String said(ImapStage stage, String text) throws IOException {
        try (var client = TestClient.connect(stage.address())) {
            client.send(text);
            client.finish();
            return new String(client.rest(), StandardCharsets.ISO_8859_1);
        }
    }
}
