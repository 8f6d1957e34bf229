package org.postrider.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.postrider.storage.jdbc.account.Backlogs;
import org.postrider.storage.jdbc.database.Readers;
import org.postrider.storage.jdbc.lane.TextQueue;
import org.postrider.storage.jdbc.reading.HeaderColumns;
import org.postrider.storage.jdbc.reading.MessageReading;
import org.postrider.storage.jdbc.reading.MetaRenewal;
import org.postrider.storage.jdbc.reading.MetaRows;
import org.postrider.storage.jdbc.search.MessageSearch;
import org.postrider.storage.jdbc.search.TextRows;
import org.postrider.storage.mailbox.Criterion;
import org.postrider.storage.mailbox.Criterion.Body;
import org.postrider.storage.mailbox.Criterion.Field;
import org.postrider.storage.mailbox.Criterion.Not;
import org.postrider.storage.mailbox.Criterion.Sent;
import org.postrider.storage.mailbox.Criterion.Text;
import org.postrider.storage.mailbox.FlagChange;
import org.postrider.storage.mailbox.Flags;
import org.postrider.storage.mailbox.MailboxId;
import org.postrider.storage.mailbox.NewMessage;
import org.postrider.storage.mailbox.Staging;
import org.postrider.storage.mailbox.SystemFlag;
import org.postrider.storage.mailbox.Uid;
import org.postrider.storage.mailbox.UidSet;
import org.postrider.storage.testing.TestStores;
import org.postrider.storage.testing.mime.SampleMail;

/// What a search finds, on every database.
abstract class SearchContract extends StoreFixture {

    private static final UidSet ALL = UidSet.range(1, Uid.MAX);

    private static final int SMALL_TEXTS = 100;
    private static final int LARGE_TEXTS = 20;

    @Test
    void textIsFoundAsAReaderSeesIt() {
        deliver(
                alice,
                "Received: from relay\r\n",
                """
                From: =?iso-8859-1?q?K=F6ln?= <a@b.example>
                Subject: folded
                 here
                X-Empty:
                Content-Type: multipart/mixed; boundary=x

                --x
                Content-Type: text/html; charset=utf-8
                Content-Transfer-Encoding: base64

                PHN0eWxlPmhpZGRlbjwvc3R5bGU+Q2FmJmVhY3V0ZTsgPGI+Ym88L2I+bGQ=
                --x
                Content-Type: message/rfc822

                Subject: inside

                deep
                --x
                Content-Type: application/octet-stream

                attached
                --x--
                """
                        .replace("\n", "\r\n"));
        deliver(alice, "", MESSAGE);
        assertThat(found(new Field("from", "kÖLN"))).containsExactly(1L);
        assertThat(found(new Field("Subject", "folded here"))).containsExactly(1L);
        assertThat(found(new Field("Received", "relay"))).containsExactly(1L);
        assertThat(found(new Field("x-empty", ""))).containsExactly(1L);
        assertThat(found(new Field("cc", ""))).isEmpty();
        assertThat(found(new Body("CAFÉ bold"))).containsExactly(1L);
        assertThat(found(new Body("hidden"))).isEmpty();
        assertThat(found(new Body("attached"))).isEmpty();
        assertThat(found(new Body("subject: inside"))).containsExactly(1L);
        assertThat(found(new Body("deep"))).containsExactly(1L);
        assertThat(found(new Body("folded"))).isEmpty();
        assertThat(found(new Text("from relay"))).containsExactly(1L);
        assertThat(found(new Text("x-empty"))).containsExactly(1L);
        assertThat(found(new Text(""))).containsExactly(1L, 2L);
        assertThat(found(new Not(new Text("hello")))).containsExactly(1L);
    }

    @Test
    void numbersAndNamesAreFound() throws Exception {
        deliver(alice, "", "Message-ID: <a@x>\r\nDate: 1 Mar 2026 23:59 -0800\r\n\r\none\r\n");
        deliver(alice, "", "In-Reply-To: <a@x>\r\n\r\ntwo\r\n");
        deliver(alice, "", MESSAGE);
        store(inbox(alice), UidSet.of(2), new FlagChange.Add(keywords("$Work")));
        var ids = new ArrayList<String>();
        store.messages().read(inbox(alice), ALL, message -> ids.add(message.emailId()));
        var threads = new ArrayList<String>();
        store.messages()
                .read(inbox(alice), ALL, message -> threads.add(message.threadId().orElseThrow()));
        long modSeq = view(inbox(alice)).modSeq(1).value();
        assertThat(found(new Criterion.EmailId(ids.get(1)))).containsExactly(2L);
        assertThat(found(new Criterion.EmailId("M-1"))).isEmpty();
        assertThat(found(new Criterion.ThreadId(threads.get(0)))).containsExactly(1L, 2L);
        assertThat(found(new Criterion.ChangedSince(modSeq))).containsExactly(2L);
        assertThat(found(new Criterion.Keyword("$WORK"))).containsExactly(2L);
        var day = LocalDate.of(2026, 3, 1);
        assertThat(found(new Sent(day, day.plusDays(1)))).containsExactly(1L);
        var saved = LocalDate.ofInstant(Instant.now(), java.time.ZoneOffset.UTC);
        assertThat(found(new Criterion.Saved(saved.minusDays(1), saved.plusDays(2))))
                .containsExactly(1L, 2L, 3L);
        assertThat(found(new Criterion.Saved(saved.plusDays(2), LocalDate.MAX))).isEmpty();
    }

    @Test
    void aSearchFindsWhatDecodingEverythingFinds() throws Exception {
        long seed = Long.getLong("search.seed", System.nanoTime());
        System.out.println("search seed " + seed);
        var random = new Random(seed);
        var inbox = inbox(alice);
        for (int i = 0; i < 60; i++) {
            appendSample(inbox, random);
        }
        compare(inbox, random, 150, seed);
        done(store.messages().expunge(inbox, UidSet.range(10, 40)));
        var folder = create("Copies");
        done(store.messages().copy(inbox, UidSet.range(1, 30), folder));
        compare(folder, random, 50, seed);
        reopen();
        compare(inbox, random, 50, seed);
        extractTexts();
        assertThat(count("body_text")).isEqualTo(count("body"));
        compare(inbox, random, 100, seed);
        compare(folder, random, 50, seed);
        change("delete from body_text where mod(body_id, 3) = 0");
        compare(inbox, random, 50, seed);
    }

    @Test
    void textsOfAnOlderVersionAreNotLookedAtAndMadeAgain() throws Exception {
        deliver(alice, "", MESSAGE);
        deliver(alice, "", MESSAGE.replace("body", "other"));
        extractTexts();
        assertThat(count("body_text")).isEqualTo(2);
        change("update body_text set version = 0, pack_off = 7, pack_len = 7, size = 7");
        assertThat(found(new Body("BODY"))).containsExactly(1L);
        extractTexts();
        assertThat(count("body_text where version > 0")).isEqualTo(2);
        assertThat(count("gc_task")).isEqualTo(2);
        assertThat(found(new Body("BODY"))).containsExactly(1L);
        change("update body_text set version = 0");
        reopen();
        extractTexts();
        assertThat(count("body_text where version > 0")).isEqualTo(2);
    }

    @Test
    void aTextTooLargeToBeKeptIsLookedForInTheMessage() throws Exception {
        deliver(
                alice,
                "",
                "Subject: x\r\n\r\n" + "line of text\r\n".repeat(60_000) + "the end\r\n");
        deliver(alice, "", MESSAGE);
        extractTexts();
        assertThat(count("body_text where size < 0")).isEqualTo(1);
        assertThat(found(new Body("THE END"))).containsExactly(1L);
        assertThat(found(new Text("body"))).containsExactly(2L);
    }

    /// What is known of the small ones does not say how large the next ones are.
    @Test
    void ofManyLargeTextsASearchReadsFewAtOnce() throws Exception {
        for (int i = 1; i <= SMALL_TEXTS; i++) {
            deliver(alice, "X-Trace: 1\r\n", MESSAGE);
        }
        for (int i = 1; i <= LARGE_TEXTS; i++) {
            deliver(
                    alice,
                    "X-Trace: 1\r\n",
                    "\r\n%sneedle %d\r\n".formatted(TestStores.noise(i, 300_000), i));
        }
        extractTexts();
        assertThat(count("body_text where size >= 0")).isEqualTo(SMALL_TEXTS + LARGE_TEXTS);
        var largest = new LargestResult();
        try (var readers = new Readers("reader", () -> largest.watched(connection()), 2)) {
            var found = new ArrayList<Long>();
            search(readers).search(view(inbox(alice)), ALL, new Body("needle 9"), found::add);
            assertThat(found).containsExactly(SMALL_TEXTS + 9L);
            found.clear();
            search(readers).search(view(inbox(alice)), ALL, new Body("needle "), found::add);
            assertThat(found).hasSize(LARGE_TEXTS);
        }
        assertThat(largest.octets()).isBetween(1L, 1L << 20);
    }

    /// As the store searches, but with these readers.
    private MessageSearch search(Readers readers) {
        var jdbc = (JdbcStore) store;
        var rows = new MetaRows(readers, _ -> Backlogs.NONE);
        return new MessageSearch(
                new MessageReading(rows, jdbc.bodies(), new MetaRenewal(jdbc.lanes())),
                new HeaderColumns(rows),
                new TextRows(rows, readers, jdbc.bodies(), new TextQueue()),
                rows);
    }

    private void extractTexts() throws Exception {
        for (int run = 0; run < 5; run++) {
            ((JdbcStore) store).upkeep().run("texts");
        }
    }

    private void change(String sql) throws SQLException {
        store.close();
        try (var connection = connection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
        store = JdbcStore.open(settings, InstantSource.system());
    }

    private long count(String from) throws SQLException {
        try (var connection = connection();
                var statement = connection.createStatement();
                var row = statement.executeQuery("select count(*) from " + from)) {
            row.next();
            return row.getLong(1);
        }
    }

    private Connection connection() throws SQLException {
        return DriverManager.getConnection(settings.url(), settings.user(), settings.password());
    }

    private void appendSample(MailboxId mailbox, Random random) throws IOException {
        long mail = random.nextLong();
        var octets =
                random.nextInt(3) == 0 ? SampleMail.torturous(mail) : SampleMail.realistic(mail);
        var staging = store.messages().stage(new ByteArrayInputStream(octets), Integer.MAX_VALUE);
        if (staging instanceof Staging.Ready(var staged)) {
            var system =
                    random.nextBoolean() ? Set.of(SystemFlag.SEEN) : Set.of(SystemFlag.DELETED);
            var words = random.nextBoolean() ? List.of("$Work") : List.<String>of();
            var date = NOON.minus(random.nextInt(10), ChronoUnit.DAYS);
            done(
                    store.messages()
                            .append(
                                    mailbox,
                                    List.of(
                                            new NewMessage(
                                                    staged, new Flags(system, words), date))));
            staged.close();
        }
    }

    private void compare(MailboxId mailbox, Random random, int rounds, long seed)
            throws IOException {
        var view = view(mailbox);
        var naive = new ArrayList<NaiveSearch>();
        store.messages().read(mailbox, ALL, message -> naive.add(new NaiveSearch(view, message)));
        naive.removeIf(each -> !each.isShown());
        for (int round = 0; round < rounds; round++) {
            var what = NaiveSearch.criterion(random, naive, 3);
            var expected =
                    naive.stream().filter(each -> each.test(what)).map(NaiveSearch::uid).toList();
            assertThat(found(mailbox, what))
                    .as("seed %d, round %d: %s", seed, round, what)
                    .isEqualTo(expected);
        }
    }

    List<Long> found(Criterion what) {
        return found(inbox(alice), what);
    }

    private List<Long> found(MailboxId mailbox, Criterion what) {
        var found = new ArrayList<Long>();
        store.messages().search(view(mailbox), ALL, what, found::add);
        return found;
    }
}
