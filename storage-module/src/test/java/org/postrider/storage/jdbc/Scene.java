package org.postrider.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postrider.storage.Store;
import org.postrider.storage.address.MailAddress;
import org.postrider.storage.directory.Account;
import org.postrider.storage.jdbc.database.DatabaseCopies;
import org.postrider.storage.jdbc.group.LoadCommand;
import org.postrider.storage.mailbox.Delivery;
import org.postrider.storage.mailbox.FlagChange;
import org.postrider.storage.mailbox.Flags;
import org.postrider.storage.mailbox.MailboxId;
import org.postrider.storage.mailbox.MailboxName;
import org.postrider.storage.mailbox.Maildrops.Maildrop;
import org.postrider.storage.mailbox.SystemFlag;
import org.postrider.storage.mailbox.UidSet;
import org.postrider.storage.testing.TestStores;

/// What a recipe is tried on: accounts of its own, so that whatever was done in the same store
/// before, it finds the same and leaves the same.
final class Scene implements AutoCloseable {

    private final StoreFixture fixture;
    private final TestClock clock;
    private final int number;
    final Account owner;
    final Account other;

    @Nullable Maildrop maildrop;

    Scene(StoreFixture fixture, TestClock clock, int number) {
        this.fixture = fixture;
        this.clock = clock;
        this.number = number;
        this.owner = TestStores.account(store(), address("owner"));
        this.other = TestStores.account(store(), address("other"));
    }

    Store store() {
        return fixture.store;
    }

    JdbcStore jdbc() {
        return (JdbcStore) fixture.store;
    }

    /// What nobody else in the store is called.
    String address(String name) {
        return name + number + "@example.test";
    }

    void pass(Duration time) {
        clock.pass(time);
    }

    /// In milliseconds.
    long now() {
        return clock.millis();
    }

    void run(String... tasks) throws Exception {
        for (var task : tasks) {
            jdbc().upkeep().run(task);
        }
    }

    /// Makes a copy of the embedded database.
    void copyDatabase() throws Exception {
        new DatabaseCopies(fixture.settings, clock).run();
    }

    /// Changes rows behind the back of the store.
    void changeRows(String sql, Object... parameters) throws SQLException {
        try (var connection = connect();
                var statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            statement.executeUpdate();
        }
    }

    /// Closes and opens the store.
    void reopen() {
        fixture.reopen();
    }

    /// Whoever comes next to the lane has it look what became of those before.
    void comeAgain() {
        for (var account : List.of(owner, other)) {
            jdbc().lanes().call(new LoadCommand.LoadAccount(account.id()));
        }
    }

    /// A lost maildrop stays locked for a while, and costs nothing else.
    @Override
    public void close() {
        if (maildrop != null) {
            maildrop.close();
        }
    }

    // ---- words

    MailboxId inbox() {
        return fixture.inbox(owner);
    }

    MailboxId create(String name) {
        return StoreFixture.done(
                        store().mailboxes()
                                .create(
                                        owner.id(),
                                        new MailboxName(name),
                                        org.postrider.storage.mailbox.SpecialUse.NONE))
                .id();
    }

    MailboxId box(String name) {
        return store().mailboxes().find(owner.id(), new MailboxName(name)).orElseThrow().id();
    }

    void deliver(String... texts) {
        for (var text : texts) {
            fixture.deliver(owner, "X-Trace: 1\r\n", text(text));
        }
    }

    /// Delivers a message as it is.
    void deliverWhole(String message) {
        fixture.deliver(owner, "X-Trace: 1\r\n", message);
    }

    /// A message is received, and the store ends before it has a row.
    void lose(String message) {
        var lost = fixture.staged(message); // never closed: who would do it is gone
        assertThat(lost.octets()).isPositive();
        reopen();
    }

    static String text(String name) {
        return "Subject: " + name + "\r\n\r\nThis is " + name + ".\r\n";
    }

    void deliverToBoth(String text) {
        try (var staged = fixture.staged(text)) {
            var to =
                    List.of(
                            StoreFixture.recipient(owner.id(), "X-Trace: 1\r\n"),
                            StoreFixture.recipient(other.id(), "X-Trace: 2\r\n"));
            store().messages()
                    .deliver(new Delivery(staged, StoreFixture.NOON, to))
                    .forEach(StoreFixture::done);
        }
    }

    void append(MailboxId mailbox, Flags... flags) {
        fixture.append(mailbox, List.of(flags));
    }

    void flag(MailboxId mailbox, UidSet uids, FlagChange change) {
        fixture.store(mailbox, uids, change);
    }

    void expunge(MailboxId mailbox, UidSet uids) {
        flag(mailbox, uids, new FlagChange.Add(Flags.of(SystemFlag.DELETED)));
        StoreFixture.done(store().messages().expunge(mailbox, uids));
    }

    /// The maildrop, opened.
    Maildrop opened() {
        var open = StoreFixture.done(store().maildrops().open(owner.id(), "test"));
        maildrop = open;
        return open;
    }

    // ---- looks

    /// All that the store tells of the accounts.
    List<String> text() throws Exception {
        var lines = new ArrayList<String>();
        for (var name : List.of("owner", "other", "new")) {
            if (credential(name).isPresent()) {
                lines.addAll(StoreText.of(store(), List.of(address(name))));
            }
        }
        return lines;
    }

    /// The same without what differs from scene to scene.
    List<String> likeness() throws Exception {
        return text().stream()
                .map(line ->
                        line.replaceFirst("^account .* ", "account ")
                                .replaceFirst("uidvalidity \\d+", "uidvalidity"))
                .toList();
    }

    private Optional<?> credential(String name) {
        return store().directory().credential(MailAddress.parse(address(name)).orElseThrow());
    }

    /// A number that the rows of the owner tell.
    ///
    /// @param sql what follows `select`; the account is its parameter
    long number(String sql) throws SQLException {
        try (var connection = connect();
                var statement = connection.prepareStatement("select " + sql)) {
            statement.setInt(1, owner.id().value());
            try (var row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    private java.sql.Connection connect() throws SQLException {
        var settings = fixture.settings;
        return DriverManager.getConnection(settings.url(), settings.user(), settings.password());
    }
}
