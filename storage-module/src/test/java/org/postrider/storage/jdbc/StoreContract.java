package org.postrider.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postrider.storage.Store;
import org.postrider.storage.StoreSettings;
import org.postrider.storage.directory.Account;
import org.postrider.storage.mailbox.Delivered;
import org.postrider.storage.mailbox.Delivery;
import org.postrider.storage.mailbox.FlagChange;
import org.postrider.storage.mailbox.Flags;
import org.postrider.storage.mailbox.MailboxFeed;
import org.postrider.storage.mailbox.MailboxId;
import org.postrider.storage.mailbox.MailboxName;
import org.postrider.storage.mailbox.NewMessage;
import org.postrider.storage.mailbox.Outcome;
import org.postrider.storage.mailbox.Refusal;
import org.postrider.storage.mailbox.SpecialUse;
import org.postrider.storage.mailbox.SystemFlag;
import org.postrider.storage.mailbox.UidSet;
import org.postrider.storage.testing.TestStores;

/// What the store promises, on every database it runs on.
abstract class StoreContract {

    static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    static final String MESSAGE = "Subject: hello\r\n\r\nbody\r\n";

    @TempDir Path directory;
    Store store;
    StoreSettings settings;
    Account alice;

    /// Where a fresh store goes.
    abstract StoreSettings settings(Path directory);

    @BeforeEach
    void open() {
        settings = settings(directory);
        store = JdbcStore.open(settings);
        alice = TestStores.account(store, "alice@example.test");
    }

    /// Every test ends with the invariants.
    @AfterEach
    void close() throws Exception {
        store.close();
        Invariants.assertHold(settings);
    }

    @Test
    void aDeliveredMessageIsInTheInbox() throws Exception {
        var delivered = deliver(alice, "Return-Path: <bob@example.test>\r\n", MESSAGE);
        assertThat(delivered.uid().value()).isEqualTo(1);
        var view = view(inbox(alice));
        assertThat(view.size()).isEqualTo(1);
        assertThat(view.internalDate(0)).isEqualTo(NOON);
        assertThat(view.flags(0)).isEqualTo(Flags.NONE);
        assertThat(view.octets(0)).isEqualTo(33 + MESSAGE.length());
        assertThat(read(inbox(alice), UidSet.of(1)))
                .containsExactly("Return-Path: <bob@example.test>\r\n" + MESSAGE);
        assertThat(status(inbox(alice)).unseen()).isEqualTo(1);
    }

    @Test
    void allAppendedMessagesAreThereOrNone() {
        var first = new NewMessage(staged("one"), Flags.of(SystemFlag.SEEN), NOON);
        var second =
                new NewMessage(
                        staged("two"), new Flags(java.util.Set.of(), List.of("$Work")), NOON);
        var appended = done(store.messages().append(inbox(alice), List.of(first, second)));
        assertThat(appended.uids()).isEqualTo(UidSet.range(1, 2));
        var view = view(inbox(alice));
        assertThat(view.flags(0)).isEqualTo(Flags.of(SystemFlag.SEEN));
        assertThat(view.flags(1).keywords()).containsExactly("$Work");
        assertThat(view.modSeq(0)).isEqualTo(view.modSeq(1));
        assertThat(view.keywords()).containsExactly("$Work");
    }

    @Test
    void storeExpungeCopyAndMaildropWork() throws Exception {
        for (int i = 0; i < 5; i++) {
            deliver(alice, "", MESSAGE + i + "\r\n");
        }
        var inbox = inbox(alice);
        var before = view(inbox);
        var stored =
                done(
                        store.messages()
                                .storeFlags(
                                        inbox,
                                        UidSet.range(2, 9),
                                        new FlagChange.Add(Flags.of(SystemFlag.DELETED)),
                                        OptionalLong.empty()));
        assertThat(stored.changed()).isEqualTo(UidSet.range(2, 5));
        assertThat(view(inbox).since(before).changed()).isEqualTo(UidSet.range(2, 5));
        assertThat(done(store.messages().expunge(inbox, UidSet.range(1, 3))))
                .isEqualTo(UidSet.range(2, 3));
        assertThat(read(inbox, UidSet.of(2))).containsExactly(MESSAGE + "1\r\n");
        var work =
                done(
                        store.mailboxes()
                                .create(alice.id(), new MailboxName("Work/2026"), SpecialUse.NONE));
        var copied = done(store.messages().copy(inbox, UidSet.range(1, 4), work.id()));
        assertThat(copied.sources()).isEqualTo(UidSet.of(1, 4));
        assertThat(copied.targets()).isEqualTo(UidSet.of(1, 2));
        assertThat(read(work.id(), UidSet.range(1, 9)))
                .containsExactly(MESSAGE + "0\r\n", MESSAGE + "3\r\n");
        var maildrop = done(store.maildrops().open(alice.id(), "test"));
        assertThat(store.maildrops().open(alice.id(), "other"))
                .isEqualTo(new Outcome.Refused<>(Refusal.IN_USE));
        assertThat(done(maildrop.update(UidSet.of(1, 3), UidSet.of(5)))).isEqualTo(UidSet.of(1));
        assertThat(view(inbox).size()).isEqualTo(2);
    }

    @Test
    void whateverHappensAtOnceTheInvariantsHold() throws Exception {
        store.close();
        settings = settings.withLimits(tight());
        store = JdbcStore.open(settings);
        var accounts =
                List.of(
                        alice,
                        TestStores.account(store, "bob@example.test"),
                        TestStores.account(store, "carol@example.test"));
        long seed = Long.getLong("history.seed", System.nanoTime());
        new RandomHistory(store, accounts, seed).run(8, Integer.getInteger("history.steps", 120));
    }

    /// Limits that make everything rare happen often.
    private static StoreSettings.Limits tight() {
        return new StoreSettings.Limits(
                3, 16, 64 << 10, 32, 3, 2 << 10, 64 << 10, 50, 2, 64 << 10, Duration.ofDays(1));
    }

    // ---- words of the tests

    Delivered deliver(Account to, String trace, String message) {
        var octets = trace.getBytes(StandardCharsets.ISO_8859_1);
        var delivery =
                new Delivery(
                        staged(message), NOON, List.of(new Delivery.Recipient(to.id(), octets)));
        return done(store.messages().deliver(delivery).getFirst());
    }

    org.postrider.storage.mailbox.Staged staged(String message) {
        return TestStores.staged(store, message);
    }

    MailboxId inbox(Account account) {
        return store.mailboxes().find(account.id(), MailboxName.INBOX).orElseThrow().id();
    }

    org.postrider.storage.mailbox.MailboxStatus status(MailboxId mailbox) {
        return done(store.mailboxes().status(mailbox));
    }

    org.postrider.storage.mailbox.MailboxView view(MailboxId mailbox) {
        try (MailboxFeed feed = done(store.mailboxes().follow(mailbox, () -> {}))) {
            return feed.current();
        }
    }

    List<String> read(MailboxId mailbox, UidSet uids) throws java.io.IOException {
        var messages = new ArrayList<String>();
        store.messages()
                .read(
                        mailbox,
                        uids,
                        message -> {
                            try (var octets = message.open()) {
                                messages.add(
                                        new String(
                                                octets.readAllBytes(),
                                                StandardCharsets.ISO_8859_1));
                            }
                        });
        return messages;
    }

    static <T> T done(Outcome<T> outcome) {
        return switch (outcome) {
            case Outcome.Done(var value) -> value;
            case Outcome.Refused(var why) -> throw new AssertionError("refused: " + why);
        };
    }
}
