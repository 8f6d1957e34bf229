package org.postrider.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.postrider.storage.Store;
import org.postrider.storage.directory.Account;
import org.postrider.storage.mailbox.Copied;
import org.postrider.storage.mailbox.Delivery;
import org.postrider.storage.mailbox.FlagChange;
import org.postrider.storage.mailbox.Flags;
import org.postrider.storage.mailbox.MailboxId;
import org.postrider.storage.mailbox.MailboxName;
import org.postrider.storage.mailbox.NewMessage;
import org.postrider.storage.mailbox.Outcome;
import org.postrider.storage.mailbox.SpecialUse;
import org.postrider.storage.mailbox.SystemFlag;
import org.postrider.storage.mailbox.Uid;
import org.postrider.storage.mailbox.UidSet;
import org.postrider.storage.testing.TestStores;

/// Sessions that do everything at once, at random, and a model that knows what they were told:
/// which message has which UID, and which UIDs were removed. Whatever order the store chose, what
/// is left must be what was added less what was removed.
final class RandomHistory {

    private static final MailboxName[] FOLDERS = {
        MailboxName.INBOX, new MailboxName("Archive"), new MailboxName("Sent")
    };

    /// More than there are bits.
    private static final int KEYWORDS = 90;

    private record Place(MailboxId mailbox, long uid) {}

    private Store store;
    private final List<Account> accounts;
    private final long seed;
    private volatile boolean over;
    private boolean rests;
    private final AtomicInteger nextText = new AtomicInteger();

    /// Every message that was ever somewhere, and its text.
    private final Map<Place, String> added = new ConcurrentHashMap<>();

    private final Set<Place> removed = ConcurrentHashMap.newKeySet();

    /// INBOXes that were renamed: what was in them moved without anybody being told the new UIDs.
    private final Set<MailboxId> moved = ConcurrentHashMap.newKeySet();

    RandomHistory(Store store, List<Account> accounts, long seed) {
        this.store = store;
        this.accounts = accounts;
        this.seed = seed;
    }

    /// Goes on with the store that was opened anew.
    RandomHistory on(Store reopened) {
        store = reopened;
        return this;
    }

    /// Has those who watch hold views at rest only.
    RandomHistory resting() {
        rests = true;
        return this;
    }

    void run(int threads, int stepsEach) throws Exception {
        System.out.printf("random history: seed %d%n", seed);
        var watchers = new ArrayList<ViewWatcher>();
        for (var account : accounts) {
            for (var folder : FOLDERS) {
                watchers.add(ViewWatcher.start(store, box(account, folder), rests));
            }
        }
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            var sessions = new ArrayList<Future<?>>();
            for (int i = 0; i < threads; i++) {
                var random = new Random(seed + i + 31L * nextText.get());
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
        } finally {
            over = true;
        }
        for (var watcher : watchers) {
            watcher.finish();
        }
        for (var account : accounts) {
            for (var folder : FOLDERS) {
                assertContents(box(account, folder));
            }
        }
    }

    /// Whether no session does anything any more.
    boolean isOver() {
        return over;
    }

    private void step(Random random) throws IOException {
        var account = accounts.get(random.nextInt(accounts.size()));
        var mailbox = box(account, FOLDERS[random.nextInt(FOLDERS.length)]);
        int dice = random.nextInt(100);
        if (dice < 30) {
            deliver(random);
        } else if (dice < 42) {
            append(random, mailbox);
        } else if (dice < 62) {
            store(random, mailbox);
        } else if (dice < 72) {
            remove(mailbox, store.messages().expunge(mailbox, some(random, mailbox)));
        } else if (dice < 78) {
            copy(random, mailbox, box(account, FOLDERS[random.nextInt(FOLDERS.length)]));
        } else if (dice < 83) {
            move(random, mailbox, box(account, FOLDERS[random.nextInt(FOLDERS.length)]));
        } else if (dice < 88) {
            maildrop(random, account);
        } else if (dice < 92) {
            folders(random, account);
        } else {
            read(random, mailbox);
        }
    }

    private String text(Random random) {
        var text = new StringBuilder("Subject: message " + nextText.incrementAndGet() + "\r\n\r\n");
        int lines = random.nextInt(10) == 0 ? 2_000 : random.nextInt(20);
        for (int i = 0; i < lines; i++) {
            text.append("line ").append(random.nextInt()).append("\r\n");
        }
        return text.toString();
    }

    private void deliver(Random random) {
        var text = text(random);
        var recipients = new ArrayList<Delivery.Recipient>();
        for (var account : accounts) {
            if (recipients.isEmpty() || random.nextBoolean()) {
                var trace = "Delivered-To: " + account.address() + "\r\n";
                recipients.add(
                        new Delivery.Recipient(
                                account.id(), trace.getBytes(StandardCharsets.US_ASCII)));
            }
        }
        try (var staged = TestStores.staged(store, text)) {
            for (var outcome :
                    store.messages().deliver(new Delivery(staged, Instant.EPOCH, recipients))) {
                var delivered = StoreContract.done(outcome);
                add(delivered.mailbox(), delivered.uid().value(), text);
            }
        }
    }

    private void append(Random random, MailboxId mailbox) {
        var texts = new ArrayList<String>();
        var messages = new ArrayList<NewMessage>();
        for (int i = 0; i <= random.nextInt(3); i++) {
            texts.add(text(random));
            messages.add(
                    new NewMessage(
                            TestStores.staged(store, texts.getLast()),
                            flags(random),
                            Instant.ofEpochSecond(random.nextInt())));
        }
        var appended = StoreContract.done(store.messages().append(mailbox, messages));
        messages.forEach(each -> each.message().close());
        var next = texts.iterator();
        appended.uids().forEach(uid -> add(mailbox, uid, next.next()));
    }

    private void store(Random random, MailboxId mailbox) {
        var flags = flags(random);
        var change =
                switch (random.nextInt(4)) {
                    case 0 -> new FlagChange.Remove(flags);
                    case 1 -> new FlagChange.Replace(flags);
                    default -> new FlagChange.Add(flags);
                };
        StoreContract.done(
                store.messages()
                        .storeFlags(mailbox, some(random, mailbox), change, OptionalLong.empty()));
    }

    private static Flags flags(Random random) {
        var system = new ArrayList<SystemFlag>();
        for (var flag : SystemFlag.values()) {
            if (random.nextInt(3) == 0) {
                system.add(flag);
            }
        }
        var keywords = new ArrayList<String>();
        while (random.nextInt(3) == 0) {
            keywords.add("$Label" + random.nextInt(random.nextBoolean() ? 6 : KEYWORDS));
        }
        return new Flags(Set.copyOf(system), keywords);
    }

    private void copy(Random random, MailboxId from, MailboxId to) {
        copied(from, to, StoreContract.done(store.messages().copy(from, some(random, from), to)));
    }

    private void move(Random random, MailboxId from, MailboxId to) {
        var moved = StoreContract.done(store.messages().move(from, some(random, from), to));
        copied(from, to, moved);
        remove(from, new Outcome.Done<>(moved.sources()));
    }

    private void copied(MailboxId from, MailboxId to, Copied copied) {
        assertThat(copied.sources().size()).isEqualTo(copied.targets().size());
        var targets = new ArrayList<Long>();
        copied.targets().forEach(targets::add);
        var next = targets.iterator();
        copied.sources().forEach(uid -> add(to, next.next(), textOf(from, uid)));
    }

    /// The text of a message that the store knows: who added it may not have said so yet.
    private String textOf(MailboxId mailbox, long uid) {
        var texts = new ArrayList<String>();
        try {
            store.messages().read(mailbox, UidSet.of(uid), message -> texts.add(body(message)));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        assertThat(texts).hasSize(1);
        return texts.getFirst();
    }

    private static String body(org.postrider.storage.mailbox.StoredMessage message)
            throws IOException {
        try (var octets = message.open(message.traceOctets(), Long.MAX_VALUE)) {
            return new String(octets.readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    private void maildrop(Random random, Account account) {
        var opened = store.maildrops().open(account.id(), "history");
        if (opened instanceof Outcome.Done(var maildrop)) {
            var mailbox = maildrop.view().mailbox();
            var deleted = some(random, mailbox);
            var retrieved = some(random, mailbox);
            if (random.nextInt(4) == 0) {
                maildrop.close();
            } else {
                remove(mailbox, maildrop.update(deleted, retrieved));
            }
        }
    }

    private void folders(Random random, Account account) {
        var name = new MailboxName("Folder/" + random.nextInt(3));
        switch (random.nextInt(4)) {
            case 0 -> store.mailboxes().create(account.id(), name, SpecialUse.NONE);
            case 1 -> store.mailboxes().delete(account.id(), name);
            case 2 ->
                    store.mailboxes()
                            .rename(
                                    account.id(),
                                    name,
                                    new MailboxName("Other/" + random.nextInt(3)));
            default -> {
                if (random.nextInt(10) == 0) {
                    moved.add(box(account, MailboxName.INBOX));
                    store.mailboxes()
                            .rename(
                                    account.id(),
                                    MailboxName.INBOX,
                                    new MailboxName("Old/" + nextText.incrementAndGet()));
                }
            }
        }
    }

    private void read(Random random, MailboxId mailbox) throws IOException {
        store.messages()
                .read(
                        mailbox,
                        some(random, mailbox),
                        message -> {
                            var known = added.get(new Place(mailbox, message.uid()));
                            if (known != null) {
                                assertThat(body(message)).isEqualTo(known);
                            }
                        });
    }

    private UidSet some(Random random, MailboxId mailbox) {
        long next = StoreContract.done(store.mailboxes().status(mailbox)).uidNext();
        long first = 1 + random.nextLong(next);
        return UidSet.range(first, Math.min(Uid.MAX, first + random.nextInt(10)));
    }

    private void add(MailboxId mailbox, long uid, String text) {
        assertThat(added.put(new Place(mailbox, uid), text))
                .as("UID %d of %s was given once", uid, mailbox)
                .isNull();
    }

    private void remove(MailboxId mailbox, Outcome<UidSet> outcome) {
        StoreContract.done(outcome)
                .forEach(uid ->
                        assertThat(removed.add(new Place(mailbox, uid)))
                                .as("UID %d of %s was removed once", uid, mailbox)
                                .isTrue());
    }

    private MailboxId box(Account account, MailboxName name) {
        return store.mailboxes().find(account.id(), name).orElseThrow().id();
    }

    private void assertContents(MailboxId mailbox) throws IOException {
        var expected = new java.util.TreeMap<Long, String>();
        added.forEach((place, text) -> {
            if (place.mailbox().equals(mailbox) && !removed.contains(place)) {
                expected.put(place.uid(), text);
            }
        });
        var found = new java.util.TreeMap<Long, String>();
        var view = ViewWatcher.view(store, mailbox);
        for (int i = 0; i < view.size(); i++) {
            found.put(view.uid(i), textOf(mailbox, view.uid(i)));
        }
        if (moved.contains(mailbox)) {
            assertThat(expected).containsAllEntriesOf(found);
        } else {
            assertThat(found).isEqualTo(expected);
        }
    }
}
