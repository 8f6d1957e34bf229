package org.postrider.imap.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Real messages, among them every kind of broken MIME, come back byte for byte. The environment
/// variable `POSTRIDER_SHARED` names the directory above the corpus.
@Tag("shared")
class CorpusTest {

    @Test
    void everyMessageComesBackAsItWent() throws Exception {
        var root = Path.of(System.getenv("POSTRIDER_SHARED"), "corpus", "open");
        try (var stage = new ImapStage();
                var client = Client.inInbox(stage.address(), "alice");
                var files = Files.walk(root)) {
            var trip = new RoundTrip(client);
            var messages = files.filter(file -> file.toString().endsWith(".eml")).sorted().toList();
            assertThat(messages).isNotEmpty();
            for (var file : messages) {
                trip.of(root.relativize(file).toString(), Files.readAllBytes(file));
            }
            client.ok("SEARCH TEXT zzyzzx BODY zzyzzx");
            client.ok(
                    "FETCH 1:* (FLAGS ENVELOPE BODYSTRUCTURE BODY.PEEK[HEADER.FIELDS (X-Spam-Status)])");
        }
    }
}
