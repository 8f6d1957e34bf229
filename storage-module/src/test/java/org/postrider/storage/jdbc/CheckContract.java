package org.postrider.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postrider.storage.StoreSettings;
import org.postrider.storage.blob.BodyStore;
import org.postrider.storage.blob.SegmentBodies;
import org.postrider.storage.blob.SegmentFiles;
import org.postrider.storage.blob.StagingMemory;
import org.postrider.storage.check.CheckOptions;
import org.postrider.storage.check.Violation;
import org.postrider.storage.directory.AccountId;
import org.postrider.storage.jdbc.account.Change;
import org.postrider.storage.jdbc.account.ChangeLogCodec;
import org.postrider.storage.jdbc.account.ColumnCodes;
import org.postrider.storage.jdbc.account.MessageRow;
import org.postrider.storage.jdbc.check.StoppedStore;
import org.postrider.storage.jdbc.check.StoreCheck;
import org.postrider.storage.jdbc.database.BodyIds;
import org.postrider.storage.jdbc.database.Dialect;
import org.postrider.storage.jdbc.database.H2Dialect;
import org.postrider.storage.jdbc.database.PostgresDialect;
import org.postrider.storage.jdbc.database.Readers;
import org.postrider.storage.jdbc.database.Session;
import org.postrider.storage.jdbc.view.Chunk;
import org.postrider.storage.jdbc.view.ChunkedView;
import org.postrider.storage.jdbc.view.LiveAccount;
import org.postrider.storage.jdbc.view.PageCodec;
import org.postrider.storage.mailbox.MailboxId;
import org.postrider.storage.mailbox.SystemFlag;

/// Each invariant is seen when it is violated, at its place, and nothing else is.
abstract class CheckContract {

    private static final InstantSource SAME_WEEK =
            InstantSource.fixed(Instant.parse("2026-03-02T00:00:00Z"));

    private static final String BOB = "bob@example.test";
    private static final String INBOX = BOB + ", mailbox INBOX";

    @TempDir Path directory;
    StoreSettings settings;

    abstract StoreSettings settings(Path directory);

    @BeforeEach
    void write() {
        settings = settings(directory);
        try (var store = JdbcStore.open(settings, SAME_WEEK)) {
            UpgradeHistory.run(store);
            pack((JdbcStore) store);
            assertThat(store.check(CheckOptions.DEEP, _ -> {}).clean()).isTrue();
        }
    }

    /// Packs alice's INBOX.
    private static void pack(JdbcStore store) {
        var inbox = new MailboxId(new AccountId(1), 1);
        var view = (ChunkedView) ViewWatcher.view(store, inbox);
        store.snapshots().write(new LiveAccount.Durable(view, view.highestModSeq().value()));
    }

    /// A way to break rows, and what is found then; bodies have numbers that nobody knows before.
    private record Breakage(String sql, List<String> found) {
        static Breakage of(String sql, String... found) {
            return new Breakage(sql, List.of(found));
        }
    }

    /// Bob's INBOX holds UIDs 3 and 4; 1 and 2 were expunged.
    private static final List<Breakage> BREAKAGES =
            List.of(
                    Breakage.of(
                            "update mailbox_state set uidnext = 4 where account_id = 2 and mailbox_id = 1",
                            "M1 " + INBOX + ", UID 4"),
                    Breakage.of(
                            """
                            insert into expunged (account_id, mailbox_id, uid, modseq, flags, size,
                                idate, expunged_at, purge_at, origin)
                            select account_id, mailbox_id, uid, modseq, flags, size, idate, 0, 0, 1
                            from message
                            where account_id = 2 and uid = 4
                            """,
                            "M1 " + INBOX + ", UID 4"),
                    Breakage.of(
                            "update mailbox set uidvalidity = 4000000000 where account_id = 2 and mailbox_id = 2",
                            "M2 " + BOB + ", mailbox Drafts"),
                    Breakage.of(
                            """
                            update mailbox_state
                            set highest_modseq = 3, applied_modseq = 3
                            where account_id = 2 and mailbox_id = 2
                            """,
                            "M3 " + BOB + ", mailbox Drafts"),
                    Breakage.of(
                            "update mailbox_state set unseen = 1 where account_id = 2 and mailbox_id = 1",
                            "M4 " + INBOX),
                    Breakage.of(
                            "delete from message where account_id = 2 and uid = 4",
                            "M5 " + INBOX + ", UID 4"),
                    Breakage.of(
                            "update message set flags = 1 where account_id = 2 and uid = 4",
                            "M5 " + INBOX + ", UID 4"),
                    Breakage.of(
                            "update message set size = size + 1 where account_id = 2 and uid = 4",
                            "M5 " + INBOX + ", UID 4"),
                    Breakage.of(
                            "update expunged set idate = 0 where account_id = 2 and uid = 1",
                            "M5 " + INBOX + ", UID 1"),
                    Breakage.of(
                            """
                            update mailbox
                            set name = 'Outbox', live_name = 'Outbox'
                            where account_id = 2 and mailbox_id = 1
                            """,
                            "M6 " + BOB,
                            "M6 " + BOB + ", mailbox Outbox"),
                    Breakage.of(
                            "update mailbox set special_use = 1 where account_id = 2 and mailbox_id = 2",
                            "M6 " + BOB + ", mailbox Drafts"),
                    Breakage.of(
                            """
                            update mailbox_keyword
                            set name = 'other'
                            where account_id = 1 and mailbox_id = 1 and bit = 16
                            """,
                            "M7 alice@example.test, mailbox INBOX"),
                    Breakage.of(
                            """
                            delete from mailbox_keyword
                            where account_id = 1 and mailbox_id = 1 and bit = 16
                            """,
                            "M7 alice@example.test, mailbox INBOX",
                            "M7 alice@example.test, mailbox INBOX, UID 5"),
                    Breakage.of(
                            "update message set modseq = modseq - 1 where account_id = 2 and uid = 4",
                            "M8 " + INBOX + ", UID 4"),
                    Breakage.of(
                            "update expunged set modseq = modseq - 1 where account_id = 2 and uid = 1",
                            "M9 " + INBOX + ", UID 1"),
                    Breakage.of(
                            "delete from expunged where account_id = 2 and uid = 1",
                            "B5 " + INBOX + ", UID 1"),
                    Breakage.of(
                            "update account_state set next_mailbox_id = 6 where account_id = 2",
                            "M10 " + BOB + ", mailbox Archive"),
                    Breakage.of(
                            "delete from mailbox_state where account_id = 2 and mailbox_id = 6",
                            "A3 " + BOB + ", change log",
                            "M10 the store"),
                    Breakage.of(
                            "update store_info set v = '3' where k = 'next_account_id'",
                            "M10 the store"),
                    Breakage.of(
                            "delete from account_state where account_id = 3",
                            "M10 carol@xn--mnchen-3ya.example"),
                    Breakage.of(
                            "update account_state set used_bytes = used_bytes + 1 where account_id = 2",
                            "A1 " + BOB),
                    Breakage.of(
                            "update account_state set quota_msgs = 7 where account_id = 2",
                            "A2 " + BOB),
                    Breakage.of(
                            "update mailbox_state set expunge_floor = 2 where account_id = 2 and mailbox_id = 1",
                            "M9 " + INBOX),
                    Breakage.of(
                            "update change_log set seq = 0 where account_id = 2 and modseq = 8 and seq = 1",
                            "A3 " + BOB + ", change log"),
                    Breakage.of(
                            "delete from change_log where account_id = 1 and kind = 5 and modseq > 2",
                            "A3 alice@example.test, change log",
                            "A7 alice@example.test"),
                    Breakage.of(
                            "update account set domain = 'nowhere.test' where account_id = 2",
                            "A6 " + BOB),
                    Breakage.of(
                            """
                            insert into alias (address_key, address, domain, created_at, version)
                            values ('bob@example.test', 'bob@example.test', 'example.test', 0, 1)
                            """,
                            "A8 the store"),
                    Breakage.of(
                            """
                            insert into alias_target (address_key, n, target, target_key)
                            values ('x@example.test', 0, 'y@example.test', 'y@example.test')
                            """,
                            "A8 the store"),
                    Breakage.of(
                            "delete from subscription where account_id = 2 and name = 'Junk'",
                            "A7 " + BOB),
                    Breakage.of(
                            "update message_meta set body_id = 1 where account_id = 2 and uid = 4",
                            "B1 " + INBOX + ", UID 4",
                            "B2 " + BOB + ", body"),
                    Breakage.of(
                            "update body set refs = refs + 1 where account_id = 2 and size = 173",
                            "B2 " + BOB + ", body"),
                    Breakage.of(
                            """
                            update message_meta
                            set prefix = (select b.sha256 from body b where b.account_id = 3 and b.size = 599)
                            where account_id = 2 and uid = 4
                            """,
                            "B4 " + INBOX + ", UID 4"),
                    Breakage.of(
                            "update body set hdr_len = hdr_len - 1 where account_id = 2 and size = 173",
                            "B4 " + INBOX + ", UID 2, body"),
                    Breakage.of(
                            """
                            update message_meta
                            set meta = (select m.meta from message_meta m
                                        where m.account_id = 2 and m.uid = 2)
                            where account_id = 2 and uid = 4
                            """,
                            "B5 " + INBOX + ", UID 4"),
                    Breakage.of(
                            "delete from message_meta where account_id = 2 and uid = 4",
                            "B2 " + BOB + ", body",
                            "B5 " + INBOX + ", UID 4"),
                    Breakage.of(
                            """
                            insert into mailbox_snapshot (account_id, mailbox_id, modseq, total,
                                pages)
                            select 2, 1, 99, 1, sha256 from body where account_id = 3 and size = 599
                            """,
                            "A5 " + INBOX,
                            "A5 the store"),
                    Breakage.of(
                            """
                            update mailbox_snapshot
                            set total = total + 1
                            where account_id = 1 and mailbox_id = 1
                            """,
                            "A5 alice@example.test, mailbox INBOX"),
                    Breakage.of(
                            "delete from mailbox_page where account_id = 1 and mailbox_id = 1",
                            "A5 alice@example.test, mailbox INBOX"),
                    Breakage.of(
                            "update mailbox_page set mailbox_id = 99 where account_id = 1",
                            "A5 alice@example.test, mailbox INBOX",
                            "A5 the store"),
                    Breakage.of(
                            """
                            insert into body_chunk (blob_id, n, data)
                            select 1, 0, sha256 from body where account_id = 3 and size = 599;
                            insert into store_info (k, v) values ('blobs_checked', '1')
                            """,
                            "B6 the store"),
                    Breakage.of(
                            """
                            insert into body_text (account_id, body_id, version, size, pack_id,
                                pack_off, pack_len, codec)
                            values (2, 7, 1, -1, 0, 0, 0, 0)
                            """,
                            "T1 " + BOB + ", text of body"),
                    Breakage.of(
                            """
                            insert into body_text (account_id, body_id, version, size, pack_id,
                                pack_off, pack_len, codec)
                            select account_id, body_id, 1, 10, pack_id, pack_off + 1, 10, 0
                            from body
                            where account_id = 3 and size = 599
                            """,
                            "T1 carol@xn--mnchen-3ya.example, text of body"),
                    Breakage.of(
                            "insert into thread_ref (account_id, ref, thread_id) values (99, 1, 1)",
                            "M10 the store"),
                    Breakage.of(
                            """
                            insert into keyword_set (account_id, mailbox_id, set_id, keyword)
                            values (2, 99, 1, 63)
                            """,
                            "M10 the store"),
                    Breakage.of(
                            """
                            insert into keyword_set (account_id, mailbox_id, set_id, keyword)
                            values (2, 1, 1, 63)
                            """,
                            "M7 " + INBOX),
                    Breakage.of("delete from feed where n = 2", "D4 the store"));

    @Test
    void everyInvariantThatIsViolatedIsNamedWithItsPlace() throws Exception {
        for (var breakage : BREAKAGES) {
            try (var connection = connection()) {
                connection.setAutoCommit(false);
                try (var statement = connection.createStatement()) {
                    assertThat(statement.executeUpdate(breakage.sql())).isPositive();
                }
                assertThat(places(check(connection)))
                        .as(breakage.sql())
                        .isEqualTo(breakage.found());
                connection.rollback();
            }
        }
        assertThat(Invariants.violations(settings)).isEmpty();
    }

    @Test
    void oneAccountIsCheckedByItself() throws Exception {
        try (var connection = connection();
                var statement = connection.createStatement()) {
            statement.execute("update account_state set used_bytes = used_bytes + 1");
        }
        var found = new ArrayList<Violation>();
        var options = new CheckOptions(false, Optional.of(new AccountId(2)));
        var report = StoppedStore.check(settings, SAME_WEEK, options, found::add);
        assertThat(places(found)).containsExactly("A1 " + BOB);
        assertThat(report.accounts()).isEqualTo(1);
        assertThat(report.found()).isEqualTo(1);
        assertThat(report.octets()).isZero();
    }

    @Test
    void aPackedViewThatShowsSomethingElseIsFound() throws Exception {
        try (var connection = connection()) {
            var page = page(connection);
            var rows = new ArrayList<MessageRow>();
            for (int at = 0; at < page.count; at++) {
                rows.add(page.row(at));
            }
            var one = rows.getFirst();
            long other = one.flags() ^ ColumnCodes.bit(SystemFlag.FLAGGED);
            rows.set(0, new MessageRow(one.uid(), other, one.size(), one.date()));
            replace(connection, page, rows);
            var found = new ArrayList<Violation>();
            StoppedStore.check(settings, SAME_WEEK, CheckOptions.ROWS, found::add);
            assertThat(places(found))
                    .containsExactly("A5 alice@example.test, mailbox INBOX, UID " + one.uid());
            rows.set(0, one);
            var last = rows.removeLast();
            replace(connection, page, rows);
            found.clear();
            StoppedStore.check(settings, SAME_WEEK, CheckOptions.ROWS, found::add);
            assertThat(places(found))
                    .containsExactly(
                            "A5 alice@example.test, mailbox INBOX",
                            "A5 alice@example.test, mailbox INBOX, UID " + last.uid());
        }
    }

    private static Chunk page(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("select data from mailbox_page")) {
            row.next();
            return PageCodec.decode(row.getBytes(1)).orElseThrow();
        }
    }

    /// Has the page say something else of its first messages, at the MODSEQs that they have.
    private static void replace(Connection connection, Chunk page, List<MessageRow> rows)
            throws SQLException {
        var chunk = Chunk.empty();
        for (int at = 0; at < rows.size(); at++) {
            chunk = chunk.with(rows.get(at), page.modSeq(at));
        }
        update(connection, "update mailbox_page set data = ?", PageCodec.encode(chunk));
    }

    /// What a view in memory shows is compared too.
    @Test
    void aViewThatShowsSomethingElseIsFound() throws Exception {
        try (var store = JdbcStore.open(settings, SAME_WEEK)) {
            var inbox = new MailboxId(new AccountId(2), 1);
            try (var feed = StoreFixture.done(store.mailboxes().follow(inbox, () -> {}));
                    var connection = connectionBeside(store)) {
                assertThat(feed.current().size()).isEqualTo(2);
                var record =
                        new Change.FlagsSet(
                                1,
                                List.of(
                                        new Change.Masked(
                                                ColumnCodes.bit(
                                                        org.postrider.storage.mailbox.SystemFlag
                                                                .DRAFT),
                                                org.postrider.storage.mailbox.UidSet.of(3))));
                update(
                        connection,
                        "update change_log set data = ? where account_id = 2 and modseq = 8",
                        ChangeLogCodec.encode(record));
                update(
                        connection,
                        "update message set flags = ? where account_id = 2 and uid = 3",
                        ColumnCodes.bit(org.postrider.storage.mailbox.SystemFlag.DRAFT));
                var found = new ArrayList<Violation>();
                store.check(CheckOptions.ROWS, found::add);
                assertThat(places(found)).containsExactly("V3 " + INBOX + ", UID 3");
            }
        }
    }

    /// A connection that writes while the store runs.
    Connection connectionBeside(org.postrider.storage.Store store) throws SQLException {
        return connection();
    }

    private static void update(Connection connection, String sql, Object value)
            throws SQLException {
        try (var statement = connection.prepareStatement(sql)) {
            statement.setObject(1, value);
            assertThat(statement.executeUpdate()).isEqualTo(1);
        }
    }

    Connection connection() throws SQLException {
        return DriverManager.getConnection(settings.url(), settings.user(), settings.password());
    }

    /// Checks what a connection sees that has changed something and not committed it.
    private List<Violation> check(Connection connection) throws Exception {
        var keeping =
                (Connection)
                        Proxy.newProxyInstance(
                                Connection.class.getClassLoader(),
                                new Class<?>[] {Connection.class},
                                (_, method, arguments) -> {
                                    try {
                                        return method.getName().equals("rollback")
                                                ? null
                                                : method.invoke(connection, arguments);
                                    } catch (InvocationTargetException e) {
                                        throw e.getCause();
                                    }
                                });
        var found = new ArrayList<Violation>();
        var dialect =
                settings.isEmbedded()
                        ? new H2Dialect(settings, SegmentFiles.ofSystem())
                        : new PostgresDialect(settings, SAME_WEEK);
        try (var readers = new Readers("reader", this::connection, 1);
                var bodies = bodies(dialect, readers)) {
            new StoreCheck(new Session(keeping), bodies, _ -> Map.of(), found::add)
                    .run(CheckOptions.DEEP);
        }
        return found;
    }

    private BodyStore bodies(Dialect dialect, Readers readers) throws Exception {
        return settings.isEmbedded()
                ? SegmentBodies.reading(directory.resolve("segments"))
                : dialect.bodies(readers, new BodyIds(0), new StagingMemory(0));
    }

    static List<String> places(List<Violation> found) {
        return found.stream()
                .map(each -> each.invariant() + " " + each.place())
                .map(text -> text.replaceFirst("body \\d+.*", "body"))
                .distinct()
                .sorted()
                .toList();
    }
}
