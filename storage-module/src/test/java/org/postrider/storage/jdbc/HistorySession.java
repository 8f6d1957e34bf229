package org.postrider.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import org.postrider.storage.directory.Account;
import org.postrider.storage.directory.Quota;
import org.postrider.storage.mailbox.Delivery;
import org.postrider.storage.mailbox.FlagChange;
import org.postrider.storage.mailbox.Flags;
import org.postrider.storage.mailbox.MailboxFeed;
import org.postrider.storage.mailbox.MailboxId;
import org.postrider.storage.mailbox.MailboxName;
import org.postrider.storage.mailbox.MailboxView;
import org.postrider.storage.mailbox.Maildrops.Maildrop;
import org.postrider.storage.mailbox.NewMessage;
import org.postrider.storage.mailbox.Outcome;
import org.postrider.storage.mailbox.Refusal;
import org.postrider.storage.mailbox.SpecialUse;
import org.postrider.storage.mailbox.Staged;
import org.postrider.storage.mailbox.SystemFlag;
import org.postrider.storage.mailbox.UidSet;
import org.postrider.storage.mailbox.Undelete.Destination;

/// Somebody who does one thing after the other with the accounts that others use at the same time:
/// delivers, is an IMAP client, a POP3 client, an administrator, or the passing of time. What the
/// answers should be is not known here; what is seen in passing is reported to [Sightings].
final class HistorySession {

    private static final List<MailboxName> NAMES =
            List.of(
                    new MailboxName("Folder"),
                    new MailboxName("Folder/a"),
                    new MailboxName("Folder/a/b"),
                    new MailboxName("Other"),
                    new MailboxName("Other/x"),
                    new MailboxName("Zürich/Büro"));

    private static final List<SpecialUse> USES = List.of(SpecialUse.values());

    /// More than there are bits.
    private static final int KEYWORDS = 90;

    /// Messages that are looked for at once.
    private static final int SEARCHED = 25;

    private final JdbcStore store;
    private final History history;
    private final Random random;
    private final Account account;

    /// @param random decides everything
    HistorySession(JdbcStore store, History history, Random random) {
        this.store = store;
        this.history = history;
        this.random = random;
        this.account = history.accounts().get(random.nextInt(history.accounts().size()));
    }

    void step() throws Exception {
        int dice = random.nextInt(100);
        if (dice < 20) {
            deliver();
        } else if (dice < 27) {
            append();
        } else if (dice < 47) {
            storeFlags();
        } else if (dice < 55) {
            expunge();
        } else if (dice < 66) {
            copyOrMove();
        } else if (dice < 70) {
            maildrop();
        } else if (dice < 80) {
            names();
        } else if (dice < 83) {
            bringBack();
        } else if (dice < 85) {
            show();
        } else if (dice < 87) {
            search();
        } else {
            look();
        }
    }

    // ---- messages

    private void deliver() throws IOException {
        var recipients = new ArrayList<Delivery.Recipient>();
        for (var each : history.accounts()) {
            if (each.equals(account) || random.nextInt(3) == 0) {
                var trace = "Delivered-To: " + each.address() + "\r\n";
                recipients.add(
                        new Delivery.Recipient(
                                each.id(), trace.getBytes(StandardCharsets.US_ASCII)));
            }
        }
        try (var staged = history.mail().stage(store)) {
            var admission =
                    random.nextBoolean() ? Delivery.Admission.ACCEPTED : Delivery.Admission.CHECKED;
            var received = history.clock().instant();
            store.messages().deliver(new Delivery(staged, received, recipients, admission));
        }
    }

    private void append() throws IOException {
        var messages = new ArrayList<NewMessage>();
        var all = new ArrayList<Staged>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            all.add(history.mail().stage(store));
            var date = history.clock().instant().minus(Duration.ofDays(random.nextInt(1_000)));
            messages.add(new NewMessage(all.getLast(), flags(), date));
        }
        store.messages().append(anyMailbox(), messages);
        all.forEach(Staged::close);
    }

    private void storeFlags() {
        var mailbox = anyMailbox();
        var change =
                switch (random.nextInt(5)) {
                    case 0 -> new FlagChange.Remove(flags());
                    case 1 -> new FlagChange.Replace(flags());
                    default -> new FlagChange.Add(flags());
                };
        var since =
                random.nextInt(4) == 0
                        ? OptionalLong.of(Math.max(1, modSeq(mailbox) - random.nextInt(6)))
                        : OptionalLong.empty();
        store.messages().storeFlags(mailbox, some(mailbox), change, since);
    }

    private long modSeq(MailboxId mailbox) {
        return store.mailboxes().status(mailbox) instanceof Outcome.Done(var status)
                ? status.highestModSeq().value()
                : 1;
    }

    private void expunge() {
        var mailbox = anyMailbox();
        var uids = some(mailbox);
        if (random.nextBoolean()) {
            var deleted = new FlagChange.Add(Flags.of(SystemFlag.DELETED));
            store.messages().storeFlags(mailbox, uids, deleted, OptionalLong.empty());
        }
        store.messages().expunge(mailbox, uids);
    }

    private void copyOrMove() {
        var from = anyMailbox();
        var to = anyMailbox();
        if (random.nextBoolean()) {
            store.messages().copy(from, some(from), to);
        } else {
            store.messages().move(from, some(from), to);
        }
    }

    private void bringBack() {
        var sources = store.undelete().mailboxes(account.id());
        if (sources.isEmpty()) {
            return;
        }
        var from = sources.get(random.nextInt(sources.size())).mailbox();
        var to =
                random.nextInt(3) == 0
                        ? new Destination.Into(anyMailbox())
                        : new Destination.Original();
        if (random.nextBoolean()) {
            var asOf = history.clock().instant().minus(Duration.ofHours(random.nextInt(48)));
            if (store.undelete().bringBack(from, asOf, to) instanceof Outcome.Done(var back)) {
                history.sightings().broughtBack(from, back.sources(), asOf);
            }
        } else {
            var removed = store.undelete().messages(from, random.nextInt(20), 1);
            removed.forEach(
                    each -> store.undelete().bringBack(from, UidSet.of(each.uid().value()), to));
        }
    }

    // ---- mailboxes

    private void names() {
        var mailboxes = store.mailboxes();
        var name = anyName();
        switch (random.nextInt(12)) {
            case 0, 1, 2 -> mailboxes.create(account.id(), name, anyUse());
            case 3, 4 -> mailboxes.delete(account.id(), name);
            case 5, 6 -> mailboxes.rename(account.id(), name, anyName());
            case 7 -> {
                if (random.nextInt(4) == 0) {
                    mailboxes.rename(account.id(), MailboxName.INBOX, anyName());
                }
            }
            case 8 -> mailboxes.setSpecialUse(account.id(), name, anyUse());
            case 9 -> mailboxes.subscribe(account.id(), name);
            case 10 -> mailboxes.unsubscribe(account.id(), name);
            default -> store.directory().setQuota(account.id(), anyQuota());
        }
    }

    private MailboxName anyName() {
        return random.nextInt(20) == 0
                ? MailboxName.INBOX
                : NAMES.get(random.nextInt(NAMES.size()));
    }

    private SpecialUse anyUse() {
        return USES.get(random.nextInt(USES.size()));
    }

    /// None, or one that is nearly used up.
    private Quota.Limits anyQuota() {
        if (random.nextInt(3) == 0) {
            return Quota.Limits.NONE;
        }
        var quota = store.directory().quota(account.id()).orElseThrow();
        return new Quota.Limits(
                OptionalLong.of(quota.octets() + random.nextInt(6_000)),
                OptionalLong.of(quota.messages() + random.nextInt(12)));
    }

    // ---- readers

    /// A POP3 session.
    private void maildrop() throws Exception {
        if (store.maildrops().open(account.id(), "history") instanceof Outcome.Done(var maildrop)) {
            try (maildrop) {
                var view = maildrop.view();
                history.sightings().saw(view);
                read(view);
                time();
                read(view);
                switch (random.nextInt(4)) {
                    case 0 -> {} // leaves without QUIT
                    case 1 -> loseLease(maildrop);
                    default -> maildrop.update(some(view.mailbox()), some(view.mailbox()));
                }
            }
        }
    }

    /// Somebody else has the maildrop if the lease ran out; then nothing is removed.
    private void loseLease(Maildrop maildrop) {
        history.clock().pass(LeaseCommands.LASTS);
        var mailbox = maildrop.view().mailbox();
        var other = new LeaseCommands.Acquire(mailbox, "elsewhere " + history.nextNumber());
        switch (store.lanes().call(other)) {
            case Outcome.Refused<LeaseCommands.Held>(var why) ->
                    assertThat(why).isEqualTo(Refusal.IN_USE);
            case Outcome.Done(var held) -> {
                assertThat(maildrop.update(some(mailbox), some(mailbox)))
                        .isEqualTo(new Outcome.Refused<>(Refusal.LEASE_LOST));
                assertThat(store.lanes().call(new LeaseCommands.Release(held))).isTrue();
            }
        }
    }

    /// An IMAP session that goes on showing a view while others remove what is in it, and waits for
    /// news at times.
    private void show() throws Exception {
        if (!(store.mailboxes().follow(anyMailbox(), () -> {}) instanceof Outcome.Done(var feed))) {
            return;
        }
        try (MailboxFeed window = feed) {
            for (int i = 0; i < 3; i++) {
                var view = window.current();
                if (view.deleted()) {
                    return;
                }
                window.shows(view);
                history.sightings().saw(view);
                time();
                read(view);
                window.rests(view.resting());
                store.registry().restQuiet();
                window.resume();
            }
        }
    }

    /// Reads some messages of a view that is being shown.
    private void read(MailboxView view) throws IOException {
        var numbers = new HashMap<Long, Integer>();
        var uids = new ArrayList<Long>();
        for (int i = random.nextInt(6); i < view.size(); i += 1 + random.nextInt(12)) {
            uids.add(view.uid(i));
        }
        store.messages()
                .read(
                        view.mailbox(),
                        ModelMailbox.set(uids),
                        message -> {
                            int index = view.indexOf(message.uid());
                            assertThat(message.octets()).isEqualTo(view.octets(index));
                            numbers.put(message.uid(), history.mail().read(message));
                        });
        assertThat(numbers.keySet()).as("what is shown can be read").hasSameElementsAs(uids);
        history.sightings().read(view, numbers);
    }

    /// What a search finds is what decoding every message finds.
    private void search() throws IOException {
        if (!(store.mailboxes().follow(anyMailbox(), () -> {}) instanceof Outcome.Done(var feed))) {
            return;
        }
        try (MailboxFeed window = feed) {
            var view = window.current();
            window.shows(view);
            if (view.size() == 0) {
                return;
            }
            var among =
                    UidSet.range(
                            view.uid(Math.max(0, view.size() - SEARCHED)),
                            view.uid(view.size() - 1));
            var naive = new ArrayList<NaiveSearch>();
            store.messages()
                    .read(
                            view.mailbox(),
                            among,
                            message -> naive.add(new NaiveSearch(view, message)));
            naive.removeIf(each -> !each.isShown());
            for (int i = 0; i < 5; i++) {
                var what = NaiveSearch.criterion(random, naive, 2);
                var found = new ArrayList<Long>();
                store.messages().search(view, among, what, found::add);
                assertThat(found)
                        .as("%s in %s", what, view.mailbox())
                        .isEqualTo(
                                naive.stream()
                                        .filter(each -> each.test(what))
                                        .map(NaiveSearch::uid)
                                        .toList());
            }
        }
    }

    /// A look at something, or the work that a store does beside.
    private void look() throws SQLException, IOException {
        var mailbox = anyMailbox();
        switch (random.nextInt(8)) {
            case 0 -> {
                if (store.mailboxes().status(mailbox) instanceof Outcome.Done(var status)) {
                    history.sightings().saw(mailbox, status);
                }
            }
            case 1, 2 -> {
                if (store.mailboxes().follow(mailbox, () -> {}) instanceof Outcome.Done(var feed)) {
                    try (feed) {
                        open(feed.current());
                    }
                }
            }
            case 3, 4 -> history.lookAtLog(account.id().value());
            case 5 -> store.registry().restQuiet();
            case 6 -> store.upkeep().run("snapshots");
            default -> store.upkeep().run("texts");
        }
    }

    private void open(MailboxView view) {
        history.sightings().saw(view);
        long from = store.mailboxes().claimRecent(view);
        if (store.mailboxes().status(view.mailbox()) instanceof Outcome.Done) {
            history.toldRecent(view, from);
        }
    }

    /// Time passes, and what is gone for long enough goes for good.
    private void time() throws SQLException, IOException {
        history.clock().pass(Duration.ofMinutes(random.nextInt(600)));
        store.upkeep().run(Retention.REAP);
        store.upkeep().run(Retention.PURGE);
        store.upkeep().run(Retention.CUT_LOGS);
    }

    // ---- choices

    private MailboxId anyMailbox() {
        var boxes = store.mailboxes().list(account.id());
        var chosen =
                random.nextInt(3) == 0
                        ? boxes.stream().filter(box -> box.name().isInbox()).findAny().orElseThrow()
                        : boxes.get(random.nextInt(boxes.size()));
        return chosen.id();
    }

    private UidSet some(MailboxId mailbox) {
        long next =
                store.mailboxes().status(mailbox) instanceof Outcome.Done(var status)
                        ? status.uidNext()
                        : 1;
        long first = Math.max(1, next - 1 - random.nextInt(30));
        return switch (random.nextInt(6)) {
            case 0 -> UidSet.range(1, next);
            case 1 -> UidSet.of(first, first + 2, first + 3, first + 7, first + 11);
            case 2 -> UidSet.of(first);
            default -> UidSet.range(first, first + random.nextInt(12));
        };
    }

    private Flags flags() {
        var system = EnumSet.noneOf(SystemFlag.class);
        for (var flag : SystemFlag.values()) {
            if (random.nextInt(3) == 0) {
                system.add(flag);
            }
        }
        var keywords = new ArrayList<String>();
        while (random.nextInt(3) == 0) {
            int number = random.nextInt(random.nextBoolean() ? 6 : KEYWORDS);
            keywords.add((random.nextInt(4) == 0 ? "$LABEL" : "$Label") + number);
        }
        return new Flags(system, keywords);
    }
}
