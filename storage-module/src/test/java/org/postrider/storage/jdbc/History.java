package org.postrider.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.postrider.storage.StoreLimits;
import org.postrider.storage.StoreSettings;
import org.postrider.storage.blob.SegmentFiles;
import org.postrider.storage.directory.Account;
import org.postrider.storage.jdbc.retention.Retention;
import org.postrider.storage.mailbox.MailboxId;
import org.postrider.storage.mailbox.MailboxName;
import org.postrider.storage.mailbox.MailboxView;
import org.postrider.storage.mailbox.Uid;
import org.postrider.storage.mailbox.UidSet;
import org.postrider.storage.mailbox.Undelete;
import org.postrider.storage.testing.TestStores;

/// Sessions that do everything a store can do, at once and at random, in several lives of one
/// store; and everybody who must agree about it afterwards. The store decides in which order things
/// happen. In that order a [MailModel] must come to the same answers; what anybody saw meanwhile
/// must have been so at one moment ([Sightings]); who reads only the change log ([LogFold]) and who
/// only compares views ([ViewWatcher]) must have the same mailboxes; and the next life must find
/// what the model has.
final class History {

    /// How long what is gone is kept.
    static final StoreLimits.Retention KEPT =
            new StoreLimits.Retention(Duration.ofDays(2), Duration.ofDays(3), 300);

    private static final int SESSIONS = 12;

    private final StoreSettings settings;
    private final Random random;
    private final HistoryMail mail;
    private final TestClock clock = new TestClock();
    private final Sightings sightings = new Sightings();
    private final MailModel model;
    private final Windows windows = new Windows();
    private final CommandLog commands = new CommandLog(windows, this::lookAtLog);
    private final List<Account> accounts = new ArrayList<>();
    private final Map<Account, LogFold> logs = new HashMap<>();
    private final Map<MailboxId, Set<Long>> recent = new ConcurrentHashMap<>();
    private final AtomicInteger numbers = new AtomicInteger();

    History(StoreSettings settings, long seed) {
        this.settings = settings;
        this.random = new Random(seed);
        this.mail = new HistoryMail(seed);
        this.model = new MailModel(mail, sightings, KEPT.undelete());
    }

    List<Account> accounts() {
        return accounts;
    }

    HistoryMail mail() {
        return mail;
    }

    TestClock clock() {
        return clock;
    }

    Sightings sightings() {
        return sightings;
    }

    Windows windows() {
        return windows;
    }

    int nextNumber() {
        return numbers.incrementAndGet();
    }

    /// A session was told that messages of a view are recent; nobody else ever is.
    void toldRecent(MailboxView view, long from) {
        var told = recent.computeIfAbsent(view.mailbox(), _ -> ConcurrentHashMap.newKeySet());
        for (long uid = from; uid < view.uidNext(); uid++) {
            assertThat(told.add(uid)).as("UID %d is recent once", uid).isTrue();
        }
    }

    /// Reads the change log of an account as far as it goes by now.
    void lookAtLog(int account) {
        logs.forEach((each, log) -> {
            if (each.id().value() == account) {
                log.look();
            }
        });
    }

    private JdbcStore open(StoreLimits limits) {
        return JdbcStore.open(
                settings.withLimits(limits.with(KEPT)), clock, SegmentFiles.ofSystem(), commands);
    }

    void createAccounts() throws Exception {
        var store = open(StoreLimits.USUAL);
        for (var name : List.of("alice", "bob", "carol")) {
            var account = TestStores.account(store, name + "@example.test");
            accounts.add(account);
            logs.put(account, new LogFold(settings, account));
        }
        end(store);
    }

    /// One life of the store.
    ///
    /// @param steps of all sessions together
    void live(StoreLimits limits, int steps) throws Exception {
        var store = open(limits);
        assertFound(store);
        var watchers = watchers(store);
        try {
            goOn(store, steps);
        } catch (Exception | AssertionError e) {
            store.close();
            throw e;
        }
        watchers.forEach(ViewWatcher::finish);
        for (var account : accounts) {
            for (var box : store.mailboxes().list(account.id())) {
                sightings.saw(ViewWatcher.view(store, box.id()));
                sightings.saw(box.id(), StoreFixture.done(store.mailboxes().status(box.id())));
            }
        }
        end(store);
    }

    private void goOn(JdbcStore store, int steps) throws Exception {
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            var sessions = new ArrayList<Future<?>>();
            for (int i = 0; i < SESSIONS; i++) {
                var session = new HistorySession(store, this, new Random(random.nextLong()));
                sessions.add(
                        executor.submit(() -> {
                            try (session) {
                                for (int step = 0; step < steps / SESSIONS; step++) {
                                    session.step();
                                }
                            }
                            return null;
                        }));
            }
            for (var session : sessions) {
                session.get();
            }
        }
    }

    /// Half of those who watch only wait for news.
    private List<ViewWatcher> watchers(JdbcStore store) {
        var watchers = new ArrayList<ViewWatcher>();
        for (var account : accounts) {
            for (var name : List.of("INBOX", "Archive", "Sent")) {
                var box = store.mailboxes().find(account.id(), new MailboxName(name)).orElseThrow();
                watchers.add(ViewWatcher.start(windows, store, box.id(), watchers.size() % 2 == 0));
            }
        }
        return watchers;
    }

    /// Closes a store, and lets everybody compare notes.
    private void end(JdbcStore store) {
        logs.values().forEach(LogFold::look);
        store.close();
        model.replay(commands.take());
        logs.forEach((account, log) -> log.assertIs(model.account(account)));
        Invariants.assertHold(settings);
    }

    /// Everything goes for good that has to go in the end, and nothing else.
    void finish() throws Exception {
        var store = open(StoreLimits.USUAL);
        assertFound(store);
        clock.pass(KEPT.undelete().plusHours(1));
        store.catchUp();
        store.upkeep().run(Retention.REAP);
        clock.pass(KEPT.undelete().plusHours(1));
        store.upkeep().run(Retention.PURGE);
        long live =
                accounts.stream().mapToLong(each -> model.account(each).quota().messages()).sum();
        assertThat(count("message")).isEqualTo(live);
        assertThat(count("message_meta")).isEqualTo(live);
        assertThat(count("expunged")).isZero();
        assertThat(count("body where refs < 1")).isZero();
        assertThat(count("mailbox_state where applied_seq < 32767")).isZero();
        end(store);
    }

    /// Whether enough has happened for the history to have shown something.
    void assertEventful() {
        model.occasions().assertAll();
    }

    private long count(String from) throws Exception {
        return Long.parseLong(
                RangeContract.ask(settings, "select count(*) from " + from).getFirst());
    }

    /// A store that nobody uses has what the model has.
    private void assertFound(JdbcStore store) throws IOException {
        for (var account : accounts) {
            var expected = model.account(account);
            assertThat(store.mailboxes().list(account.id()))
                    .isEqualTo(expected.live.values().stream().map(ModelMailbox::entry).toList());
            assertThat(store.mailboxes().subscriptions(account.id()))
                    .extracting(MailboxName::value)
                    .containsExactlyInAnyOrderElementsOf(expected.subscriptions);
            assertThat(store.directory().quota(account.id())).contains(expected.quota());
            for (var box : expected.live.values()) {
                box.assertHas(StoreFixture.done(store.mailboxes().status(box.id)));
                box.assertShows(ViewWatcher.view(store, box.id));
            }
            assertReadable(store, expected);
            assertRecoverable(store, expected);
        }
    }

    /// Every message has its octets, and one EMAILID wherever it was copied to.
    private void assertReadable(JdbcStore store, ModelAccount account) throws IOException {
        var emailIds = new HashMap<Integer, String>();
        for (var box : account.live.values()) {
            var uids = new ArrayList<Long>();
            store.messages()
                    .read(
                            box.id,
                            box.there(UidSet.range(1, Uid.MAX)),
                            message -> {
                                uids.add(message.uid());
                                int number = mail.read(message);
                                var expected = box.message(message.uid());
                                assertThat(number).isEqualTo(expected.number());
                                assertThat(message.octets()).isEqualTo(expected.octets());
                                assertThat(message.traceFields())
                                        .asString()
                                        .isEqualTo(expected.trace());
                                var id = message.emailId();
                                assertThat(emailIds.merge(number, id, (first, _) -> first))
                                        .isEqualTo(id);
                            });
            assertThat(uids).isEqualTo(List.copyOf(box.messages.keySet()));
        }
        assertThat(emailIds.values()).doesNotHaveDuplicates();
    }

    /// What is gone can be brought back as long as it has to be; a while longer it may be there.
    private void assertRecoverable(JdbcStore store, ModelAccount account) {
        long due = clock.millis() - KEPT.undelete().toMillis();
        for (var box : account.all.values()) {
            var expected = new TreeMap<Long, Long>();
            box.recoverable().forEach((uid, gone) -> expected.put(uid, gone.at()));
            expected.values().removeIf(at -> at <= due);
            var found = removed(store, box.id);
            found.values().removeIf(at -> at <= due);
            assertThat(found.keySet())
                    .as("what can be brought back to %s", box)
                    .isEqualTo(expected.keySet());
            found.forEach((uid, at) -> assertThat(at).isGreaterThanOrEqualTo(expected.get(uid)));
        }
    }

    /// What can be brought back, by UID, and when it was removed.
    private static NavigableMap<Long, Long> removed(JdbcStore store, MailboxId mailbox) {
        var all = new TreeMap<Long, Long>();
        var some = store.undelete().messages(mailbox, 0, Undelete.AT_ONCE);
        while (!some.isEmpty()) {
            for (var each : some) {
                assertThat(each.until()).isEqualTo(each.removed().plus(KEPT.undelete()));
                all.put(each.uid().value(), each.removed().toEpochMilli());
            }
            some = store.undelete().messages(mailbox, all.lastKey(), Undelete.AT_ONCE);
        }
        return all;
    }
}
