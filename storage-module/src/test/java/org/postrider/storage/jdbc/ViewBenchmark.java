package org.postrider.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.postrider.storage.StoreSettings;
import org.postrider.storage.directory.Account;
import org.postrider.storage.jdbc.account.MailboxState;
import org.postrider.storage.jdbc.view.ChunkedView;
import org.postrider.storage.jdbc.view.LiveMailbox;
import org.postrider.storage.jdbc.view.RestingView;
import org.postrider.storage.mailbox.FlagChange;
import org.postrider.storage.mailbox.Flags;
import org.postrider.storage.mailbox.MailboxFeed;
import org.postrider.storage.mailbox.MailboxId;
import org.postrider.storage.mailbox.MailboxName;
import org.postrider.storage.mailbox.SpecialUse;
import org.postrider.storage.mailbox.SystemFlag;
import org.postrider.storage.mailbox.UidSet;
import org.postrider.storage.testing.TestStores;

/// What a view needs in memory, and how long it takes to open a mailbox whose view is not in
/// memory, from rows and from pages. The rows of several mailboxes were written in turn, as mail
/// comes.
class ViewBenchmark extends DatabaseBenchmark {

    private static final int LARGEST = Integer.getInteger("bench.messages", 1_000_000);
    private static final int SMALLEST = Integer.getInteger("bench.smallest", 10_000);
    private static final int ROWS_AT_ONCE = 20_000;

    @Test
    void memory() {
        realistic(10_000); // what is made once is not counted
        for (int size = SMALLEST; size <= LARGEST; size *= 10) {
            long before = used();
            var view = realistic(size);
            long heap = used() - before;
            var resting = (RestingView) view.resting();
            System.out.printf(
                    "bench: view of %d messages: %.1f octets a message by its arrays, %.1f by the"
                            + " heap; at rest %d octets%n",
                    view.size(),
                    (double) view.octets() / size,
                    (double) heap / size,
                    resting.uids().octets());
            assertThat(view.octets()).isLessThan(24L * size);
        }
    }

    /// Sessions in IDLE, each in a mailbox of its own with 10,000 messages.
    @Test
    void idleSessions() {
        int sessions = 1_000;
        var mailboxes = new ArrayList<LiveMailbox>();
        var feeds = new ArrayList<MailboxFeed>();
        long before = used();
        for (int i = 0; i < sessions; i++) {
            var mailbox = new LiveMailbox(realistic(10_000));
            var feed = mailbox.follow(new ArrayList<>()::clear, () -> false);
            feed.rests(feed.current().resting());
            assertThat(mailbox.canRest()).isTrue();
            mailbox.rest();
            mailboxes.add(mailbox);
            feeds.add(feed);
        }
        long each = (used() - before) / sessions;
        System.out.printf(
                "bench: an idle session in a mailbox of 10000: %d octets; 20000 of them: %.1f MB%n",
                each, each * 20_000 / 1e6);
        assertThat(mailboxes).hasSameSizeAs(feeds);
        assertThat(each).isLessThan(3_000);
    }

    /// Mail of some years, most of it read, some of it gone.
    private static ChunkedView realistic(int size) {
        var random = new Random(7);
        var state = MailboxState.created(1, 1, "INBOX", 7, SpecialUse.NONE, 1);
        var builder = new ChunkedView.Builder(ChunkedView.empty(state));
        long uid = 0;
        long date = 1_500_000_000_000L;
        for (int i = 0; i < size; i++) {
            uid += random.nextInt(200) == 0 ? 1 + random.nextInt(20) : 1;
            date += random.nextInt(7_200_000);
            long mask = random.nextInt(10) == 0 ? random.nextInt(16) : 1;
            builder.add(uid, mask, random.nextInt(100_000), date, 2L * i + random.nextInt(100));
        }
        return builder.done();
    }

    private static long used() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    @Override
    void measure(String name, StoreSettings settings) throws Exception {
        for (int size = SMALLEST; size <= LARGEST; size *= 10) {
            Account account;
            MailboxId mailbox;
            var user = "user%d@example.test".formatted(size);
            try (var store = open(settings)) {
                account = TestStores.account(store, user);
                mailbox =
                        store.mailboxes().find(account.id(), MailboxName.INBOX).orElseThrow().id();
            }
            fill(settings, mailbox, size);
            try (var store = open(settings)) {
                measure(name, store, mailbox, size);
            }
        }
    }

    private static JdbcStore open(StoreSettings settings) {
        return (JdbcStore) JdbcStore.open(settings, InstantSource.system());
    }

    private static void measure(String name, JdbcStore store, MailboxId mailbox, int size) {
        store.mailboxes().list(mailbox.account());
        var rows = opened(store, mailbox, size, 3);
        long start = System.nanoTime();
        store.snapshots().run();
        double packing = since(start);
        var pages = opened(store, mailbox, size, 5);
        System.out.printf(
                "bench: %s, mailbox of %d opened from rows in %s ms, packed in %.0f ms, opened from"
                        + " pages in %s ms%n",
                name, size, rows, packing, pages);
        try (var feed = StoreContract.done(store.mailboxes().follow(mailbox, () -> {}))) {
            assertThat(((ChunkedView) feed.current()).pages().packed()).isPresent();
            var one = new ArrayList<String>();
            for (int i = 1; i <= 5; i++) {
                one.add("%.1f".formatted(stored(store, mailbox, UidSet.of(i))));
            }
            double all = stored(store, mailbox, UidSet.range(1, size));
            System.out.printf(
                    "bench: %s, mailbox of %d: STORE of one durable in %s ms, of all in %.0f ms%n",
                    name, size, one, all);
        }
    }

    private static List<String> opened(JdbcStore store, MailboxId mailbox, int size, int times) {
        var taken = new ArrayList<String>();
        for (int i = 0; i < times; i++) {
            forget(store, mailbox);
            long start = System.nanoTime();
            try (var feed = StoreContract.done(store.mailboxes().follow(mailbox, () -> {}))) {
                taken.add("%.0f".formatted(since(start)));
                assertThat(feed.current().size()).isEqualTo(size);
            }
        }
        return taken;
    }

    private static void forget(JdbcStore store, MailboxId mailbox) {
        // A lane that has answered for another account has let go of this one.
        store.lanes().state(mailbox.account().value() + 720_720);
        store.registry().find(mailbox.account().value()).orElseThrow().rest(mailbox.number());
    }

    private static double stored(JdbcStore store, MailboxId mailbox, UidSet uids) {
        var change = new FlagChange.Add(Flags.of(SystemFlag.FLAGGED));
        long start = System.nanoTime();
        StoreContract.done(
                store.messages().storeFlags(mailbox, uids, change, OptionalLong.empty()));
        return since(start);
    }

    private static double since(long start) {
        return (System.nanoTime() - start) / 1e6;
    }

    /// Puts the rows of messages where the store would have put them.
    private static void fill(StoreSettings settings, MailboxId mailbox, int size)
            throws SQLException {
        int others = size >= 1_000_000 ? 2 : 6;
        try (var connection =
                DriverManager.getConnection(settings.url(), settings.user(), settings.password())) {
            connection.setAutoCommit(false);
            var series = settings.isEmbedded() ? "system_range(?, ?)" : "generate_series(?, ?)";
            try (var insert =
                    connection.prepareStatement(
                            """
                            insert into message (
                                account_id, mailbox_id, uid, modseq, flags, size, idate)
                            select ?, b.n + ?, r.x, 2, mod(r.x, 4), 5000 + mod(r.x, 999),
                                1500000000000 + cast(r.x as bigint) * 3600000
                            from (select x from SERIES as s(x)) r,
                                (select x - 1 as n from BOXES as t(x)) b
                            order by r.x, b.n
                            """
                                    .replace("SERIES", series)
                                    .replace("BOXES", series))) {
                for (int from = 1; from <= size; from += ROWS_AT_ONCE) {
                    insert.setInt(1, mailbox.account().value());
                    insert.setInt(2, mailbox.number());
                    insert.setInt(3, from);
                    insert.setInt(4, Math.min(size, from + ROWS_AT_ONCE - 1));
                    insert.setInt(5, 1);
                    insert.setInt(6, others);
                    insert.executeUpdate();
                    connection.commit();
                }
            }
            try (var update =
                    connection.prepareStatement(
                            """
                            update mailbox_state
                            set uidnext = ?, total = ?, unseen = ?, bytes = ?
                            where account_id = ? and mailbox_id = ?
                            """)) {
                update.setLong(1, size + 1L);
                update.setInt(2, size);
                update.setInt(3, size / 2);
                update.setLong(4, 5_500L * size);
                update.setInt(5, mailbox.account().value());
                update.setInt(6, mailbox.number());
                update.executeUpdate();
            }
            connection.commit();
        }
    }
}
