package org.postrider.imap.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.postrider.storage.jdbc.FullDisk;
import org.postrider.storage.testing.TestStores;

/// When the disk is full in the middle of an APPEND, at one write or another, the client is told to
/// try again, no half of a message is there, and it goes on when there is room.
class FullDiskTest {

    /// More than is kept in memory, and not to be deflated away.
    private static final String LARGE = "Subject: large\r\n\r\n" + TestStores.noise(1, 500_000);

    private static final String SMALL = "Subject: small\r\n\r\nbody\r\n";

    private static final int MOST_WRITES = 200;

    @Test
    void aMessageIsThereWholeOrNotAtAll() throws IOException {
        var disk = FullDisk.install();
        try (var stage = new ImapStage(directory -> disk.open(FullDisk.settings(directory)));
                var client = Client.inInbox(stage.address(), "alice")) {
            int rounds = 0;
            int writes = 0;
            for (var answer = ""; !answer.contains("\nt OK [APPENDUID "); rounds++) {
                disk.hasRoomFor(writes);
                answer = append(client, LARGE);
                disk.hasRoom();
                assertThat(answer).containsPattern("\nt (OK|NO \\[UNAVAILABLE]) ");
                assertThat(append(client, SMALL)).contains("\nt OK [APPENDUID ");
                writes += 1 + writes / 2;
                assertThat(writes).isLessThan(MOST_WRITES);
            }
            assertThat(rounds).isGreaterThan(3);
            assertWhole(client, rounds);
        }
    }

    private static String append(Client client, String message) throws IOException {
        return client.append("INBOX", message.getBytes(US_ASCII)).text();
    }

    /// Every small message is there, the large one that was taken, and of each that was refused one
    /// at most: when nobody could tell whether it was stored, it may be.
    private static void assertWhole(Client client, int rounds) throws IOException {
        var messages = new ArrayList<String>();
        for (var octets : client.ok("FETCH 1:* BODY.PEEK[]").literals()) {
            messages.add(new String(octets, US_ASCII));
        }
        assertThat(messages.stream().filter(SMALL::equals)).hasSize(rounds);
        assertThat(messages.stream().filter(text -> !text.equals(SMALL)))
                .allSatisfy(text -> assertThat(text.equals(LARGE)).isTrue());
        assertThat(messages.get(messages.size() - 2).equals(LARGE)).isTrue();
        for (int i = 1; i < messages.size(); i++) {
            assertThat(messages.get(i - 1).equals(SMALL) || messages.get(i).equals(SMALL))
                    .as("one of messages %d and %d is small", i, i + 1)
                    .isTrue();
        }
    }
}
