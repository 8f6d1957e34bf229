package org.postrider.pop3.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postrider.storage.mailbox.SystemFlag;

/// What a POP3 session and an IMAP client of the same account see of each other.
class AcrossProtocolsTest {

    private Pop3TestServer server;
    private Inbox inbox;

    AcrossProtocolsTest(@TempDir Path directory) throws IOException {
        server = new Pop3TestServer(directory);
        inbox = server.inbox(server.alice);
    }

    @BeforeEach
    void threeMessages() throws IOException {
        inbox.append("Subject: one\n\n1\n");
        inbox.append("Subject: two\n\n22\n");
        inbox.append("Subject: three\n\n333\n");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void newMailIsInTheNextLoginAndNeverInAnOpenSession() throws IOException {
        try (var open = login()) {
            inbox.append("Subject: four\n\n4444\n");
            assertThat(open.ok("STAT")).startsWith("3 ");
            assertThat(open.err("RETR 4")).isEqualTo("no such message");
            open.ok("QUIT");
        }
        try (var next = login()) {
            assertThat(next.ok("STAT")).startsWith("4 ");
        }
    }

    @Test
    void whatImapFlaggedDeletedIsStillServed() throws IOException {
        inbox.flag(SystemFlag.DELETED, 2);
        try (var client = login()) {
            assertThat(client.ok("STAT")).startsWith("3 ");
            assertThat(client.octets("RETR 2")).isEqualTo(inbox.octets(2));
            client.ok("QUIT");
        }
        assertThat(inbox.view().size()).isEqualTo(3);
    }

    @Test
    void aMarkIsInvisibleToImapBeforeQuit() throws IOException {
        var before = inbox.view();
        try (var client = login()) {
            client.ok("DELE 1");
            client.octets("RETR 2");
            var during = inbox.view();
            assertThat(during.size()).isEqualTo(3);
            assertThat(during.highestModSeq()).isEqualTo(before.highestModSeq());
            assertThat(inbox.isSeen(2)).isFalse();
            client.ok("RSET");
            client.ok("QUIT");
        }
        assertThat(inbox.view().size()).isEqualTo(3);
    }

    @Test
    void quitExpungesAndCopiesElsewhereStay() throws IOException {
        var kept = inbox.create("Kept");
        inbox.copyTo(kept, 1);
        var before = inbox.view();
        try (var client = login()) {
            client.ok("DELE 1");
            client.ok("DELE 3");
            client.ok("QUIT");
        }
        var after = inbox.view();
        assertThat(after.size()).isEqualTo(1);
        assertThat(after.highestModSeq()).isGreaterThan(before.highestModSeq());
        assertThat(after.since(before).expunged().contains(before.uid(0))).isTrue();
        assertThat(inbox.sizeOf(kept)).isEqualTo(1);
    }

    @Test
    void aLostConnectionDeletesNothingAndGivesTheLockBack() throws IOException {
        try (var client = login()) {
            client.octets("RETR 1");
            client.ok("DELE 1");
        }
        inbox.awaitUnlocked();
        try (var next = login()) {
            assertThat(next.ok("STAT")).startsWith("3 ");
        }
        assertThat(inbox.isSeen(1)).isFalse();
    }

    @Test
    void whatImapExpungesMeanwhileIsServedToTheEnd() throws IOException {
        var second = inbox.octets(2);
        try (var client = login()) {
            var uidl = client.ok("UIDL 2");
            inbox.expunge(2);
            assertThat(client.ok("STAT")).startsWith("3 ");
            assertThat(client.ok("LIST 2")).isEqualTo("2 " + second.length);
            assertThat(client.ok("UIDL 2")).isEqualTo(uidl);
            assertThat(client.octets("RETR 2")).isEqualTo(second);
            assertThat(client.octets("TOP 2 0")).isEqualTo("Subject: two\r\n\r\n".getBytes(UTF_8));
            client.ok("DELE 2");
            client.ok("DELE 3");
            client.ok("QUIT");
        }
        assertThat(inbox.view().size()).isEqualTo(1);
    }

    @Test
    void quitDoesNotTouchWhatImapMovedAway() throws IOException {
        var folder = inbox.create("Folder");
        try (var client = login()) {
            inbox.moveTo(folder, 1);
            client.ok("DELE 1");
            client.ok("QUIT");
        }
        assertThat(inbox.sizeOf(folder)).isEqualTo(1);
        assertThat(inbox.view().size()).isEqualTo(2);
    }

    @Test
    void quitDoesNotTouchWhatRenameOfInboxTookAway() throws IOException {
        var first = inbox.octets(1);
        try (var client = login()) {
            inbox.renameTo("Old");
            assertThat(client.octets("RETR 1")).isEqualTo(first);
            client.ok("DELE 1");
            client.ok("DELE 2");
            client.ok("QUIT");
        }
        assertThat(inbox.view().size()).isZero();
        assertThat(inbox.sizeOf(inbox.find("Old"))).isEqualTo(3);
    }

    @Test
    void aWholeRetrSetsSeenAtQuitAndTopNever() throws IOException {
        try (var client = login()) {
            client.octets("RETR 1");
            client.octets("TOP 2 1000");
            assertThat(inbox.isSeen(1)).isFalse();
            client.ok("QUIT");
        }
        assertThat(inbox.isSeen(1)).isTrue();
        assertThat(inbox.isSeen(2)).isFalse();
    }

    @Test
    void lastBeginsAtTheHighestSeen() throws IOException {
        inbox.flag(SystemFlag.SEEN, 2);
        try (var client = login()) {
            assertThat(client.ok("LAST")).isEqualTo("2");
            inbox.flag(SystemFlag.SEEN, 3);
            assertThat(client.ok("LAST")).isEqualTo("2");
            client.octets("RETR 3");
            assertThat(client.ok("LAST")).isEqualTo("3");
            client.ok("RSET");
            assertThat(client.ok("LAST")).isEqualTo("2");
        }
    }

    @Test
    void theLockKeepsOutOnlyPop3() throws IOException {
        try (var client = login()) {
            inbox.append("Subject: four\n\n4444\n");
            inbox.expunge(1);
            assertThat(inbox.view().size()).isEqualTo(3);
            client.ok("NOOP");
            try (var second = new Pop3TestClient(server.clear)) {
                second.ok("USER alice@example.test");
                assertThat(second.err("PASS " + Pop3TestServer.PASSWORD)).startsWith("[IN-USE] ");
            }
        }
    }

    @Test
    void uniqueIdsAreNeverGivenTwice() throws IOException {
        String gone;
        try (var client = login()) {
            gone = client.ok("UIDL 3").substring(2);
            client.ok("DELE 3");
            client.ok("QUIT");
        }
        inbox.append("Subject: three\n\n333\n");
        try (var client = login()) {
            assertThat(client.lines("UIDL")).hasSize(3).noneMatch(line -> line.endsWith(gone));
        }
    }

    private Pop3TestClient login() throws IOException {
        return Pop3TestClient.loggedIn(server.clear, "alice@example.test");
    }
}
