package org.postrider.storage.jdbc;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.postrider.storage.Store;
import org.postrider.storage.StoreSettings;
import org.postrider.storage.directory.Account;
import org.postrider.storage.directory.AccountId;
import org.postrider.storage.mailbox.Delivered;
import org.postrider.storage.mailbox.Delivery;
import org.postrider.storage.mailbox.FlagChange;
import org.postrider.storage.mailbox.Flags;
import org.postrider.storage.mailbox.FlagsStored;
import org.postrider.storage.mailbox.MailboxFeed;
import org.postrider.storage.mailbox.MailboxId;
import org.postrider.storage.mailbox.MailboxName;
import org.postrider.storage.mailbox.NewMessage;
import org.postrider.storage.mailbox.Outcome;
import org.postrider.storage.mailbox.Refusal;
import org.postrider.storage.mailbox.SpecialUse;
import org.postrider.storage.mailbox.Staging;
import org.postrider.storage.mailbox.UidSet;
import org.postrider.storage.testing.TestStores;

/// A store that is opened before each test and looked at after it, and words for the tests.
abstract class StoreFixture {

    static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    static final String MESSAGE = "Subject: hello\r\n\r\nbody\r\n";

    @TempDir Path directory;
    Store store;
    StoreSettings settings;
    Account alice;

    /// Where a fresh store goes.
    abstract StoreSettings settings(Path directory);

    /// The store's clock.
    InstantSource clock() {
        return InstantSource.system();
    }

    @BeforeEach
    void open() {
        settings = settings(directory);
        store = JdbcStore.open(settings, clock());
        alice = TestStores.account(store, "alice@example.test");
    }

    /// Every test ends with the invariants.
    @AfterEach
    void close() throws Exception {
        store.close();
        Invariants.assertHold(settings);
    }

    Delivered deliver(Account to, String trace, String message) {
        var octets = trace.getBytes(StandardCharsets.ISO_8859_1);
        try (var staged = staged(message)) {
            var delivery =
                    new Delivery(staged, NOON, List.of(new Delivery.Recipient(to.id(), octets)));
            return done(store.messages().deliver(delivery).getFirst());
        }
    }

    /// Has the rows of alice's mailboxes show the whole log.
    void catchUp() {
        ((JdbcStore) store).lanes().catchUp(alice.id().value());
    }

    void reopen() {
        store.close();
        store = JdbcStore.open(settings, clock());
    }

    static Delivery.Recipient recipient(AccountId account, String trace) {
        return new Delivery.Recipient(account, trace.getBytes(StandardCharsets.ISO_8859_1));
    }

    static <T> Outcome<T> refused(Refusal why) {
        return new Outcome.Refused<>(why);
    }

    Staging stage(String message, long limit) throws IOException {
        var octets = message.getBytes(StandardCharsets.ISO_8859_1);
        return store.messages().stage(new ByteArrayInputStream(octets), limit);
    }

    FlagsStored store(MailboxId mailbox, UidSet uids, FlagChange change) {
        return done(store.messages().storeFlags(mailbox, uids, change, OptionalLong.empty()));
    }

    static Flags keywords(String... names) {
        return new Flags(Set.of(), List.of(names));
    }

    /// Appends one message for each of these flags.
    void append(MailboxId mailbox, List<Flags> flags) {
        try (var staged = staged(MESSAGE)) {
            var messages = flags.stream().map(each -> new NewMessage(staged, each, NOON)).toList();
            done(store.messages().append(mailbox, messages));
        }
    }

    void append(MailboxId mailbox, Flags flags) {
        try (var staged = staged(MESSAGE)) {
            done(store.messages().append(mailbox, List.of(new NewMessage(staged, flags, NOON))));
        }
    }

    MailboxId create(String name) {
        return done(store.mailboxes().create(alice.id(), new MailboxName(name), SpecialUse.NONE))
                .id();
    }

    String range(MailboxId mailbox, long uid, long offset, long length) throws IOException {
        var text = new StringBuilder();
        store.messages()
                .read(
                        mailbox,
                        UidSet.of(uid),
                        message -> text.append(text(message.open(offset, length))));
        return text.toString();
    }

    /// All that is left of octets, as text; they are closed.
    static String text(InputStream octets) throws IOException {
        try (octets) {
            return new String(octets.readAllBytes(), StandardCharsets.ISO_8859_1);
        }
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

    List<String> read(MailboxId mailbox, UidSet uids) throws IOException {
        var messages = new ArrayList<String>();
        store.messages().read(mailbox, uids, message -> messages.add(text(message.open())));
        return messages;
    }

    static <T> T done(Outcome<T> outcome) {
        return switch (outcome) {
            case Outcome.Done(var value) -> value;
            case Outcome.Refused(var why) -> throw new AssertionError("refused: " + why);
        };
    }
}
