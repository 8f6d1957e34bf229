package org.postrider.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.postrider.storage.StoreLimits;
import org.postrider.storage.jdbc.retention.Retention;
import org.postrider.storage.mailbox.Delivery;
import org.postrider.storage.mailbox.FlagChange;
import org.postrider.storage.mailbox.Flags;
import org.postrider.storage.mailbox.MailboxId;
import org.postrider.storage.mailbox.MailboxName;
import org.postrider.storage.mailbox.SystemFlag;
import org.postrider.storage.mailbox.UidSet;
import org.postrider.storage.testing.TestStores;

/// What is gone goes for good when its time has come and nobody shows it any more, on every
/// database.
abstract class RetentionContract extends StoreFixture {

    private static final Duration WEEK = Duration.ofDays(7);

    private final TestClock clock = new TestClock();

    @Override
    InstantSource clock() {
        return clock;
    }

    private void run(String task) throws Exception {
        ((JdbcStore) store).upkeep().run(task);
    }

    private void expunge(MailboxId mailbox, UidSet uids) {
        store(mailbox, uids, new FlagChange.Add(Flags.of(SystemFlag.DELETED)));
        done(store.messages().expunge(mailbox, uids));
    }

    private long count(String from) throws SQLException {
        try (var connection =
                        DriverManager.getConnection(
                                settings.url(), settings.user(), settings.password());
                var statement = connection.createStatement();
                var row = statement.executeQuery("select count(*) from " + from)) {
            row.next();
            return row.getLong(1);
        }
    }

    @Test
    void aTombstoneGoesWhenItsTimeHasComeAndTakesItsBodyAlong() throws Exception {
        deliver(alice, "", MESSAGE);
        deliver(alice, "", MESSAGE);
        var inbox = inbox(alice);
        expunge(inbox, UidSet.of(1));
        clock.pass(WEEK.minusSeconds(1));
        run(Retention.PURGE);
        assertThat(read(inbox, UidSet.of(1))).containsExactly(MESSAGE);
        clock.pass(Duration.ofSeconds(1));
        run(Retention.PURGE);
        assertThat(read(inbox, UidSet.range(1, 2))).containsExactly(MESSAGE);
        assertThat(count("expunged")).isZero();
        assertThat(count("message_meta")).isEqualTo(1);
        assertThat(count("body")).isEqualTo(1);
        assertThat(count("gc_task")).isBetween(1L, 2L); // the body, and its text if there is one
    }

    @Test
    void aBodyStaysAsLongAsAnyMessageHasIt() throws Exception {
        var bob = TestStores.account(store, "bob@example.test");
        try (var staged = staged(MESSAGE)) {
            var both = List.of(recipient(alice.id(), ""), recipient(bob.id(), ""));
            store.messages().deliver(new Delivery(staged, NOON, both)).forEach(StoreFixture::done);
        }
        var inbox = inbox(alice);
        var folder = create("Folder");
        done(store.messages().copy(inbox, UidSet.of(1), folder));
        expunge(inbox, UidSet.of(1));
        clock.pass(WEEK);
        run(Retention.PURGE);
        assertThat(count("body")).isEqualTo(2);
        assertThat(read(folder, UidSet.of(1))).containsExactly(MESSAGE);
        expunge(folder, UidSet.of(1));
        clock.pass(WEEK);
        run(Retention.PURGE);
        assertThat(count("body")).isEqualTo(1);
        assertThat(read(inbox(bob), UidSet.of(1))).containsExactly(MESSAGE);
    }

    @Test
    void whatSomebodyStillShowsStays() throws Exception {
        deliver(alice, "", MESSAGE);
        var inbox = inbox(alice);
        try (var feed = done(store.mailboxes().follow(inbox, () -> {}))) {
            expunge(inbox, UidSet.of(1));
            clock.pass(WEEK);
            run(Retention.PURGE);
            assertThat(read(inbox, UidSet.of(1))).containsExactly(MESSAGE);
            feed.shows(feed.current());
            run(Retention.PURGE);
            assertThat(read(inbox, UidSet.of(1))).isEmpty();
        }
    }

    @Test
    void whatAMaildropShowsStays() throws Exception {
        deliver(alice, "", MESSAGE);
        deliver(alice, "", MESSAGE);
        var inbox = inbox(alice);
        var maildrop = done(store.maildrops().open(alice.id(), "pop3"));
        expunge(inbox, UidSet.of(1));
        clock.pass(WEEK);
        run(Retention.PURGE);
        assertThat(read(inbox, UidSet.of(1))).containsExactly(MESSAGE);
        maildrop.close();
        run(Retention.PURGE);
        assertThat(read(inbox, UidSet.of(1))).isEmpty();
    }

    @Test
    void whatWasInADeletedMailboxGoesLater() throws Exception {
        var folder = create("Folder");
        append(folder, keywords("$Work"));
        append(folder, Flags.NONE);
        var feed = done(store.mailboxes().follow(folder, () -> {}));
        done(store.mailboxes().delete(alice.id(), new MailboxName("Folder")));
        run(Retention.REAP);
        assertThat(count("message")).isZero();
        assertThat(count("expunged where origin = 4")).isEqualTo(2);
        clock.pass(WEEK);
        feed.shows(feed.current());
        run(Retention.PURGE);
        assertThat(read(folder, UidSet.range(1, 2))).containsExactly(MESSAGE, MESSAGE);
        feed.close();
        run(Retention.PURGE);
        assertThat(count("expunged")).isZero();
        assertThat(count("body")).isZero();
        assertThat(count("mailbox where live_name is null")).isEqualTo(1);
        clock.pass(Duration.ofDays(30));
        run(Retention.CUT_LOGS);
        assertThat(count("mailbox where live_name is null")).isZero();
        assertThat(count("mailbox_keyword")).isZero();
    }

    @Test
    void aStoreThatWasClosedAfterADeletionReapsLater() throws Exception {
        append(create("Folder"), Flags.NONE);
        done(store.mailboxes().delete(alice.id(), new MailboxName("Folder")));
        reopen();
        run(Retention.REAP);
        assertThat(count("message")).isZero();
        assertThat(count("mailbox_state where total <> 0")).isZero();
    }

    @Test
    void manyGoInSteps() throws Exception {
        var folder = create("Folder");
        append(folder, Flags.NONE);
        while (view(folder).size() < 2_500) {
            done(store.messages().copy(folder, UidSet.range(1, 500), folder));
        }
        expunge(folder, UidSet.range(2, view(folder).size()));
        catchUp();
        clock.pass(WEEK);
        run(Retention.PURGE);
        assertThat(count("expunged")).isZero();
        assertThat(count("message_meta")).isEqualTo(1);
        assertThat(count("body where refs = 1")).isEqualTo(1);
    }

    @Test
    void aThreadIsForgottenWithItsLastMessage() throws Exception {
        run("metas");
        var inbox = inbox(alice);
        deliver(alice, "", mail("a", "<lost@x>"));
        deliver(alice, "", mail("b", "<a@x>"));
        deliver(alice, "", mail("other", "<elsewhere@x>"));
        assertThat(count("thread_ref")).isEqualTo(5);
        expunge(inbox, UidSet.range(1, 3));
        clock.pass(WEEK.minusSeconds(1));
        deliver(alice, "", mail("c", "<b@x>"));
        clock.pass(Duration.ofSeconds(1));
        run(Retention.THREADS);
        assertThat(count("thread_ref")).isEqualTo(6);
        run(Retention.PURGE);
        run(Retention.THREADS);
        assertThat(count("thread_ref")).as("the thread of c is left").isEqualTo(4);
        expunge(inbox, UidSet.of(4));
        clock.pass(WEEK);
        run(Retention.PURGE);
        deliver(alice, "", mail("d", "<a@x>"));
        run(Retention.THREADS);
        assertThat(count("thread_ref")).as("d is of that thread").isEqualTo(5);
        expunge(inbox, UidSet.of(5));
        clock.pass(WEEK);
        run(Retention.PURGE);
        run(Retention.THREADS);
        assertThat(count("thread_ref")).isZero();
        deliver(alice, "", mail("e", "<a@x>"));
        assertThat(count("thread_ref")).isEqualTo(2);
    }

    private static String mail(String id, String answers) {
        return "Message-ID: <%s@x>\r\nIn-Reply-To: %s\r\n\r\n".formatted(id, answers);
    }

    @Test
    void aSetOfKeywordsIsForgottenWhenNothingNamesIt() throws Exception {
        var folder = create("Folder");
        var words = IntStream.range(0, 70).mapToObj(i -> "word" + i).toList();
        append(folder, new Flags(Set.of(), words));
        append(folder, keywords("word66"));
        append(folder, keywords("word67"));
        append(folder, keywords("word68"));
        assertThat(count("(select distinct set_id from keyword_set) sets")).isEqualTo(4);
        store(folder, UidSet.of(1), new FlagChange.Replace(keywords("word1")));
        expunge(folder, UidSet.of(2));
        expunge(folder, UidSet.of(4));
        clock.pass(WEEK);
        run(Retention.PURGE);
        clock.pass(Duration.ofDays(31));
        append(folder, Flags.NONE);
        run(Retention.CUT_LOGS);
        assertThat(numbers("select distinct set_id from keyword_set order by set_id"))
                .as("that of a message, and the last one")
                .startsWith(3L)
                .hasSize(2);
        for (int round = 0; round < 2; round++) {
            assertThat(view(folder).flags(0)).isEqualTo(keywords("word1"));
            assertThat(view(folder).flags(1)).isEqualTo(keywords("word67"));
            store(folder, UidSet.of(5), new FlagChange.Replace(new Flags(Set.of(), words)));
            assertThat(view(folder).flags(2).keywords()).containsExactlyInAnyOrderElementsOf(words);
            store(folder, UidSet.of(5), new FlagChange.Replace(keywords("word66")));
            assertThat(view(folder).flags(2)).isEqualTo(keywords("word66"));
            reopen();
        }
    }

    private List<Long> numbers(String sql) throws SQLException {
        try (var connection =
                        DriverManager.getConnection(
                                settings.url(), settings.user(), settings.password());
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            var numbers = new ArrayList<Long>();
            while (rows.next()) {
                numbers.add(rows.getLong(1));
            }
            return numbers;
        }
    }

    @Test
    void theLogForgetsWhatIsOld() throws Exception {
        var inbox = inbox(alice);
        deliver(alice, "", MESSAGE);
        deliver(alice, "", MESSAGE);
        expunge(inbox, UidSet.of(1));
        var forgotten = view(inbox).highestModSeq().value();
        clock.pass(Duration.ofDays(31));
        deliver(alice, "", MESSAGE);
        run(Retention.CUT_LOGS);
        assertThat(count("change_log")).isEqualTo(1);
        assertThat(count("account_state where log_floor = " + forgotten)).isEqualTo(1);
        assertThat(count("mailbox_state where expunge_floor = " + forgotten)).isEqualTo(1);
        reopen();
        assertThat(view(inbox).size()).isEqualTo(2);
        run(Retention.PURGE);
        deliver(alice, "", MESSAGE);
        assertThat(view(inbox).size()).isEqualTo(3);
    }

    @Test
    void theLogForgetsWhatIsTooMuch() throws Exception {
        store.close();
        var few = new StoreLimits.Retention(WEEK, Duration.ofDays(30), 10);
        settings = settings.withLimits(settings.limits().with(few));
        store = JdbcStore.open(settings, clock);
        for (int i = 0; i < 30; i++) {
            deliver(alice, "", MESSAGE);
        }
        run(Retention.CUT_LOGS);
        assertThat(count("change_log")).isEqualTo(10);
        reopen();
        assertThat(view(inbox(alice)).size()).isEqualTo(30);
    }

    @Test
    void theLogMayKnowOfAnExpungeAndNotOfTheFlags() throws Exception {
        var inbox = inbox(alice);
        deliver(alice, "", MESSAGE);
        store(inbox, UidSet.of(1), new FlagChange.Add(Flags.of(SystemFlag.DELETED)));
        clock.pass(Duration.ofDays(31));
        done(store.messages().expunge(inbox, UidSet.of(1)));
        run(Retention.CUT_LOGS);
        assertThat(count("change_log")).isEqualTo(1);
        assertThat(count("expunged where flags <> 0")).isEqualTo(1);
        Invariants.assertHold(store);
    }
}
