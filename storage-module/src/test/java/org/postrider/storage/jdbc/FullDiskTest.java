package org.postrider.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postrider.storage.Store;
import org.postrider.storage.StoreSettings;
import org.postrider.storage.directory.Account;
import org.postrider.storage.mailbox.Delivery;
import org.postrider.storage.mailbox.FlagChange;
import org.postrider.storage.mailbox.Flags;
import org.postrider.storage.mailbox.MailboxId;
import org.postrider.storage.mailbox.MailboxName;
import org.postrider.storage.mailbox.StoreUnavailable;
import org.postrider.storage.mailbox.SystemFlag;
import org.postrider.storage.mailbox.UidSet;
import org.postrider.storage.testing.TestStores;

/// When the disk of the embedded store is full, at whatever write, who asked is told, nothing that
/// was acknowledged is lost, nothing is there twice, and it goes on when there is room.
class FullDiskTest {

    private static final String SMALL = "Subject: small\r\n\r\nbody\r\n";

    /// Too large for memory, and not to be deflated away.
    private static final String LARGE = "Subject: large\r\n\r\n" + TestStores.noise(1, 1_000_000);

    @TempDir Path directory;

    private final FullDisk disk = FullDisk.install();
    private final List<String> expected = new ArrayList<>();
    private StoreSettings settings;

    @BeforeEach
    void settings() {
        settings = FullDisk.settings(directory);
    }

    /// Something that a client has done.
    private interface Deed {
        void run(Store store, Account account, MailboxId inbox) throws IOException;
    }

    @Test
    void aSmallMessageIsThereOnceOrNotAtAll() throws Exception {
        failAtEveryWrite((store, account, _) -> deliver(store, account, SMALL));
    }

    @Test
    void aLargeMessageIsThereOnceOrNotAtAll() throws Exception {
        failAtEveryWrite((store, account, _) -> deliver(store, account, LARGE));
    }

    @Test
    void flagsAreStoredOrNot() throws Exception {
        failAtEveryWrite((store, _, inbox) -> {
            var seen = new FlagChange.Add(Flags.of(SystemFlag.SEEN));
            var none = new FlagChange.Remove(Flags.of(SystemFlag.SEEN));
            StoreFixture.done(flag(store, inbox, seen));
            StoreFixture.done(flag(store, inbox, none));
        });
    }

    private static org.postrider.storage.mailbox.Outcome<org.postrider.storage.mailbox.FlagsStored>
            flag(Store store, MailboxId inbox, FlagChange change) {
        return store.messages()
                .storeFlags(inbox, UidSet.of(1), change, java.util.OptionalLong.empty());
    }

    private void failAtEveryWrite(Deed deed) throws Exception {
        try (var store = disk.open(settings)) {
            var account = TestStores.account(store, "alice@example.test");
            var inbox = store.mailboxes().find(account.id(), MailboxName.INBOX).orElseThrow().id();
            deliver(store, account, SMALL);
            int failures = 0;
            for (int n = 0; ; n++) {
                disk.hasRoomFor(n);
                boolean done = attempt(() -> deed.run(store, account, inbox));
                disk.hasRoom();
                deliver(store, account, SMALL);
                if (!done) {
                    takeRefused(store, inbox);
                }
                assertReads(store, inbox);
                assertThat(ViewWatcher.view(store, inbox).size()).isEqualTo(expected.size());
                if (done) {
                    break;
                }
                failures++;
                assertThat(n).isLessThan(200);
            }
            System.out.printf("the disk was full at %d writes%n", failures);
            assertThat(failures).isPositive();
        }
        Invariants.assertHold(settings);
    }

    private interface Attempt {
        void run() throws IOException;
    }

    private static boolean attempt(Attempt deed) throws IOException {
        try {
            deed.run();
            return true;
        } catch (StoreUnavailable e) {
            return false;
        }
    }

    /// What was refused may be there once: somebody may have been told that nobody knows.
    private void takeRefused(Store store, MailboxId inbox) throws IOException {
        var found = read(store, inbox);
        if (found.size() == expected.size() + 1) {
            expected.add(expected.size() - 1, found.get(found.size() - 2));
        }
    }

    /// What was acknowledged is there in order.
    private void assertReads(Store store, MailboxId inbox) throws IOException {
        var found = read(store, inbox);
        assertThat(found.equals(expected)).as("%d messages", found.size()).isTrue();
    }

    private static List<String> read(Store store, MailboxId inbox) throws IOException {
        var found = new ArrayList<String>();
        store.messages()
                .read(
                        inbox,
                        UidSet.range(1, 1_000_000),
                        message -> {
                            try (var octets = message.open()) {
                                found.add(
                                        new String(
                                                octets.readAllBytes(),
                                                java.nio.charset.StandardCharsets.US_ASCII));
                            }
                        });
        return found;
    }

    @Test
    void afterABodyThatCouldNotBeForcedNothingIsAccepted() throws Exception {
        afterTheForceFailed((store, account, _) -> deliver(store, account, SMALL));
    }

    @Test
    void afterARowThatCouldNotBeForcedNothingIsAccepted() throws Exception {
        afterTheForceFailed((store, account, _) ->
                store.mailboxes().subscribe(account.id(), new MailboxName("Work")));
    }

    private void afterTheForceFailed(Deed deed) throws Exception {
        try (var store = disk.open(settings)) {
            var account = TestStores.account(store, "alice@example.test");
            var inbox = store.mailboxes().find(account.id(), MailboxName.INBOX).orElseThrow().id();
            deliver(store, account, SMALL);
            disk.confirms(false);
            assertThat(attempt(() -> deed.run(store, account, inbox))).isFalse();
            disk.confirms(true);
            assertThat(attempt(() -> deed.run(store, account, inbox))).isFalse();
            assertReads(store, inbox);
        }
        Invariants.assertHold(settings);
    }

    private void deliver(Store store, Account account, String message) {
        try (var staged = TestStores.staged(store, message)) {
            var recipient = new Delivery.Recipient(account.id(), new byte[0]);
            var delivery = new Delivery(staged, StoreFixture.NOON, List.of(recipient));
            StoreFixture.done(store.messages().deliver(delivery).getFirst());
            expected.add(message);
        }
    }
}
