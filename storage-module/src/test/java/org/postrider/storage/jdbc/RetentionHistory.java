package org.postrider.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.postrider.storage.directory.Account;
import org.postrider.storage.directory.Quota;
import org.postrider.storage.mailbox.Delivery;
import org.postrider.storage.mailbox.FlagChange;
import org.postrider.storage.mailbox.Flags;
import org.postrider.storage.mailbox.MailboxFeed;
import org.postrider.storage.mailbox.MailboxId;
import org.postrider.storage.mailbox.MailboxName;
import org.postrider.storage.mailbox.Outcome;
import org.postrider.storage.mailbox.SpecialUse;
import org.postrider.storage.mailbox.SystemFlag;
import org.postrider.storage.mailbox.UidSet;
import org.postrider.storage.mailbox.Undelete.BroughtBack;
import org.postrider.storage.mailbox.Undelete.Destination;
import org.postrider.storage.testing.TestStores;

/// Sessions that remove, bring back, purge and change the quota at once, at random, while time
/// passes; and a model that knows which message has which UID and which were removed. What is
/// brought back has the octets that were removed, once; what a session still shows can be read; and
/// at the end nothing is left but what lives.
final class RetentionHistory {

    private static final MailboxName FOLDER = new MailboxName("Folder");

    private record Place(MailboxId mailbox, long uid) {}

    private final JdbcStore store;
    private final TestClock clock;
    private final Account account;
    private final long seed;
    private final AtomicInteger nextText = new AtomicInteger();
    private final Map<Place, String> added = new ConcurrentHashMap<>();
    private final Set<Place> removed = ConcurrentHashMap.newKeySet();
    private final Set<Place> back = ConcurrentHashMap.newKeySet();

    RetentionHistory(JdbcStore store, TestClock clock, Account account, long seed) {
        this.store = store;
        this.clock = clock;
        this.account = account;
        this.seed = seed;
    }

    void run(int threads, int stepsEach) throws Exception {
        System.out.printf("retention history: seed %d%n", seed);
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            var sessions = new ArrayList<Future<?>>();
            for (int i = 0; i < threads; i++) {
                var random = new Random(seed + i);
                sessions.add(
                        executor.submit(() -> {
                            for (int step = 0; step < stepsEach; step++) {
                                step(random);
                            }
                            return null;
                        }));
            }
            for (var session : sessions) {
                session.get();
            }
        }
        assertThat(back).allSatisfy(place -> assertThat(isGone(place)).isTrue());
        for (var mailbox : mailboxes()) {
            assertContents(mailbox);
        }
    }

    private void step(Random random) throws Exception {
        var boxes = mailboxes();
        var mailbox = boxes.get(random.nextInt(boxes.size()));
        switch (random.nextInt(12)) {
            case 0, 1, 2 -> deliver(random);
            case 3, 4 -> expunge(random, mailbox);
            case 5 -> copy(random, mailbox, boxes.get(random.nextInt(boxes.size())));
            case 6 -> bringBack(random);
            case 7 -> folder(random);
            case 8 -> show(random, mailbox);
            case 9 -> maildrop(random);
            case 10 -> quota(random);
            default -> purge(random);
        }
    }

    private List<MailboxId> mailboxes() {
        return store.mailboxes().list(account.id()).stream()
                .filter(box -> box.name().isInbox() || box.name().value().startsWith("Folder"))
                .map(org.postrider.storage.mailbox.MailboxEntry::id)
                .toList();
    }

    private void deliver(Random random) {
        var text =
                "Subject: " + nextText.incrementAndGet() + "\r\n\r\n" + random.nextLong() + "\r\n";
        try (var staged = TestStores.staged(store, text)) {
            var recipients = List.of(StoreFixture.recipient(account.id(), ""));
            var delivery =
                    new Delivery(staged, clock.instant(), recipients, Delivery.Admission.CHECKED);
            if (store.messages().deliver(delivery).getFirst() instanceof Outcome.Done(var done)) {
                add(done.mailbox(), done.uid().value(), text);
            }
        }
    }

    private void expunge(Random random, MailboxId mailbox) {
        var some = some(random, mailbox);
        store.messages()
                .storeFlags(
                        mailbox,
                        some,
                        new FlagChange.Add(Flags.of(SystemFlag.DELETED)),
                        OptionalLong.empty());
        remove(mailbox, store.messages().expunge(mailbox, some));
    }

    private void copy(Random random, MailboxId from, MailboxId to) {
        if (store.messages().copy(from, some(random, from), to) instanceof Outcome.Done(var done)) {
            taken(from, done.sources(), to, done.targets());
        }
    }

    private void bringBack(Random random) {
        var sources = store.undelete().mailboxes(account.id());
        if (sources.isEmpty()) {
            return;
        }
        var from = sources.get(random.nextInt(sources.size()));
        Destination to = new Destination.Original();
        if (random.nextInt(3) == 0) {
            var boxes = mailboxes();
            to = new Destination.Into(boxes.get(random.nextInt(boxes.size())));
        }
        Outcome<BroughtBack> outcome;
        if (random.nextBoolean()) {
            var moment = clock.instant().minus(Duration.ofHours(random.nextInt(48)));
            outcome = store.undelete().bringBack(from.mailbox(), moment, to);
        } else {
            long first = 1L + random.nextInt(20);
            outcome =
                    store.undelete().bringBack(from.mailbox(), UidSet.range(first, first + 5), to);
        }
        if (outcome instanceof Outcome.Done(var done)) {
            done.sources()
                    .forEach(uid ->
                            assertThat(back.add(new Place(from.mailbox(), uid)))
                                    .as("UID %d came back once", uid)
                                    .isTrue());
            taken(from.mailbox(), done.sources(), done.mailbox(), done.targets());
        }
    }

    private void folder(Random random) {
        if (random.nextBoolean()) {
            store.mailboxes().create(account.id(), FOLDER, SpecialUse.NONE);
        } else {
            store.mailboxes().delete(account.id(), FOLDER);
        }
    }

    /// A session that goes on showing a view while others remove what is in it.
    private void show(Random random, MailboxId mailbox) throws Exception {
        if (!(store.mailboxes().follow(mailbox, () -> {}) instanceof Outcome.Done(var feed))) {
            return;
        }
        try (MailboxFeed window = feed) {
            for (int i = 0; i < 4; i++) {
                var view = window.current();
                window.shows(view);
                purge(random);
                for (int index = 0; index < view.size(); index += 1 + random.nextInt(5)) {
                    assertThat(texts(mailbox, view.uid(index)))
                            .as("UID %d of %s is still shown", view.uid(index), mailbox)
                            .hasSize(1);
                }
            }
        }
    }

    private void maildrop(Random random) throws Exception {
        var opened = store.maildrops().open(account.id(), "history");
        if (opened instanceof Outcome.Done(var maildrop)) {
            var view = maildrop.view();
            purge(random);
            for (int index = 0; index < view.size(); index += 1 + random.nextInt(5)) {
                assertThat(texts(view.mailbox(), view.uid(index))).hasSize(1);
            }
            remove(view.mailbox(), maildrop.update(some(random, view.mailbox()), UidSet.EMPTY));
        }
    }

    private void quota(Random random) {
        var limits =
                random.nextBoolean()
                        ? Quota.Limits.NONE
                        : new Quota.Limits(
                                OptionalLong.of(random.nextInt(4_000)), OptionalLong.of(40));
        store.directory().setQuota(account.id(), limits);
    }

    private void purge(Random random) throws Exception {
        clock.pass(Duration.ofHours(random.nextInt(24)));
        store.upkeep().run(Retention.REAP);
        store.upkeep().run(Retention.PURGE);
        store.upkeep().run(Retention.CUT_LOGS);
    }

    private UidSet some(Random random, MailboxId mailbox) {
        long next =
                store.mailboxes().status(mailbox) instanceof Outcome.Done(var status)
                        ? status.uidNext()
                        : 1;
        long first = Math.max(1, next - 1 - random.nextInt(20));
        return UidSet.range(first, first + random.nextInt(5));
    }

    /// The messages have the octets of those that they were made of.
    private void taken(MailboxId from, UidSet sources, MailboxId to, UidSet targets) {
        var uids = new ArrayList<Long>();
        targets.forEach(uids::add);
        assertThat(sources.size()).isEqualTo(uids.size());
        var next = uids.iterator();
        sources.forEach(uid -> {
            long target = next.next();
            var text = texts(to, target);
            var known = added.get(new Place(from, uid));
            if (known != null && !text.isEmpty()) {
                assertThat(text).containsExactly(known);
            }
            add(to, target, known == null ? "" : known);
        });
    }

    private List<String> texts(MailboxId mailbox, long uid) {
        var texts = new ArrayList<String>();
        try {
            store.messages()
                    .read(
                            mailbox,
                            UidSet.of(uid),
                            message -> {
                                try (var octets = message.open()) {
                                    texts.add(
                                            new String(
                                                    octets.readAllBytes(),
                                                    java.nio.charset.StandardCharsets.US_ASCII));
                                }
                            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return texts;
    }

    private void add(MailboxId mailbox, long uid, String text) {
        assertThat(added.put(new Place(mailbox, uid), text))
                .as("UID %d of %s was given once", uid, mailbox)
                .isNull();
    }

    private void remove(MailboxId mailbox, Outcome<UidSet> outcome) {
        if (outcome instanceof Outcome.Done(var uids)) {
            uids.forEach(uid ->
                    assertThat(removed.add(new Place(mailbox, uid)))
                            .as("UID %d of %s was removed once", uid, mailbox)
                            .isTrue());
        }
    }

    private boolean isGone(Place place) {
        return removed.contains(place) || !mailboxes().contains(place.mailbox());
    }

    private void assertContents(MailboxId mailbox) {
        var expected = new TreeMap<Long, String>();
        added.forEach((place, text) -> {
            if (place.mailbox().equals(mailbox) && !removed.contains(place)) {
                expected.put(place.uid(), text);
            }
        });
        var view = ViewWatcher.view(store, mailbox);
        var found = new TreeMap<Long, String>();
        for (int i = 0; i < view.size(); i++) {
            var text = texts(mailbox, view.uid(i)).getFirst();
            found.put(view.uid(i), text);
            expected.replace(view.uid(i), "", text);
        }
        assertThat(found).isEqualTo(expected);
    }
}
