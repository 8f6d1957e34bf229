package org.postrider.imap.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/// What a client is told when the store can do nothing any more.
class StoreFailureTest {

    @Test
    void everyCommandThatNeedsTheStoreIsAnsweredAndTheConnectionStays() throws IOException {
        try (var stage = new ImapStage();
                var client = Client.inInbox(stage.address(), "alice")) {
            stage.given("2 messages in alice INBOX");
            client.ok("NOOP");
            stage.store().close();
            for (var command :
                    new String[] {
                        "FETCH 1 BODY[]",
                        "STORE 1 +FLAGS (\\Seen)",
                        "SEARCH TEXT number",
                        "COPY 1 Trash",
                        "EXPUNGE",
                        "CLOSE",
                        "CREATE elsewhere",
                        "RENAME Trash Rubbish",
                        "DELETE Trash",
                        "UNSUBSCRIBE Trash"
                    }) {
                assertThat(client.command(command).text())
                        .as(command)
                        .contains("\nt NO [UNAVAILABLE]");
            }
            assertThat(client.append("INBOX", "Subject: no\r\n\r\n".getBytes(US_ASCII)).text())
                    .contains("\nt NO [UNAVAILABLE]");
        }
    }

    @Test
    void anIdleThatCouldNotBeginIsOver() throws IOException {
        try (var stage = new ImapStage();
                var client = Client.inInbox(stage.address(), "alice")) {
            stage.given("1 messages in alice INBOX");
            stage.store().close();
            assertThat(client.command("IDLE").text()).contains("\nt NO [UNAVAILABLE]");
            assertThat(client.command("CAPABILITY").text()).contains("* CAPABILITY");
        }
    }
}
