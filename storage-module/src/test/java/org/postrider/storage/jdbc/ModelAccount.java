package org.postrider.storage.jdbc;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.postrider.storage.directory.AccountId;
import org.postrider.storage.directory.Quota;
import org.postrider.storage.mailbox.Appended;
import org.postrider.storage.mailbox.Copied;
import org.postrider.storage.mailbox.Delivered;
import org.postrider.storage.mailbox.Delivery;
import org.postrider.storage.mailbox.FlagChange;
import org.postrider.storage.mailbox.Flags;
import org.postrider.storage.mailbox.FlagsStored;
import org.postrider.storage.mailbox.MailboxEntry;
import org.postrider.storage.mailbox.MailboxId;
import org.postrider.storage.mailbox.MailboxName;
import org.postrider.storage.mailbox.Outcome;
import org.postrider.storage.mailbox.Refusal;
import org.postrider.storage.mailbox.SpecialUse;
import org.postrider.storage.mailbox.SystemFlag;
import org.postrider.storage.mailbox.Uid;
import org.postrider.storage.mailbox.UidSet;
import org.postrider.storage.mailbox.UidValidity;
import org.postrider.storage.mailbox.Undelete.BroughtBack;
import org.postrider.storage.mailbox.Undelete.Destination;

/// What commands make of an account and what they answer, one after the other, in the simplest way
/// that the rules of the ports allow.
final class ModelAccount {

    private static final Flags DELETED = Flags.of(SystemFlag.DELETED);
    private static final Flags SEEN = Flags.of(SystemFlag.SEEN);

    final AccountId id;

    /// Live mailboxes by name.
    final TreeMap<String, ModelMailbox> live = new TreeMap<>();

    /// Live and deleted mailboxes by number.
    final TreeMap<Integer, ModelMailbox> all = new TreeMap<>();

    final TreeSet<String> subscriptions = new TreeSet<>();
    long modSeq = 1;
    Quota.Limits limits = Quota.Limits.NONE;
    private final Set<ModelMailbox> touched = new LinkedHashSet<>();
    private int nextMailbox = 1;
    private long nextUidValidity = 1;
    private long now;

    /// An account as it is created.
    ModelAccount(AccountId id, long now) {
        this.id = id;
        begin(now);
        step();
        for (var use :
                List.of(
                        SpecialUse.NONE,
                        SpecialUse.DRAFTS,
                        SpecialUse.SENT,
                        SpecialUse.JUNK,
                        SpecialUse.TRASH,
                        SpecialUse.ARCHIVE)) {
            var name =
                    use == SpecialUse.NONE
                            ? "INBOX"
                            : use.name().charAt(0)
                                    + use.name().substring(1).toLowerCase(Locale.ROOT);
            create(name, use);
            subscriptions.add(name);
        }
    }

    /// Begins a command.
    ///
    /// @param at the time of its transaction
    void begin(long at) {
        now = at;
        touched.clear();
    }

    /// The mailboxes that the command changed.
    Set<ModelMailbox> touched() {
        return touched;
    }

    Quota quota() {
        return new Quota(octets(), messages(), limits);
    }

    private long octets() {
        return live.values().stream().mapToLong(ModelMailbox::octets).sum();
    }

    private long messages() {
        return live.values().stream().mapToLong(box -> box.messages.size()).sum();
    }

    Optional<ModelMailbox> box(MailboxId mailbox) {
        return Optional.ofNullable(all.get(mailbox.number())).filter(box -> !box.deleted);
    }

    /// A mailbox, live or deleted.
    ModelMailbox any(int number) {
        return Optional.ofNullable(all.get(number))
                .orElseThrow(() -> new AssertionError("no mailbox " + number));
    }

    ModelMailbox named(String name) {
        return Optional.ofNullable(live.get(name))
                .orElseThrow(() -> new AssertionError("no mailbox " + name));
    }

    private static <T> Outcome<T> done(T value) {
        return new Outcome.Done<>(value);
    }

    private static <T> Outcome<T> refused(Refusal why) {
        return new Outcome.Refused<>(why);
    }

    private void step() {
        modSeq++;
    }

    // ---- messages come

    Outcome<Delivered> deliver(ModelMailbox.Message message, Delivery.Admission admission) {
        boolean room = quota().hasRoom(message.octets(), 1);
        if (!room && admission == Delivery.Admission.CHECKED) {
            return refused(Refusal.OVER_QUOTA);
        }
        step();
        var inbox = named("INBOX");
        var uids = arrive(inbox, List.of(message));
        return done(new Delivered(inbox.id, new Uid(uids.ranges().getFirst().first())));
    }

    Outcome<Appended> append(MailboxId mailbox, List<ModelMailbox.Message> messages) {
        var box = box(mailbox);
        if (box.isEmpty()) {
            return refused(Refusal.NO_SUCH_MAILBOX);
        }
        if (!hasRoom(messages)) {
            return refused(Refusal.OVER_QUOTA);
        }
        step();
        var uids = arrive(box.get(), messages);
        return done(new Appended(new UidValidity(box.get().uidValidity), uids));
    }

    private boolean hasRoom(List<ModelMailbox.Message> more) {
        long octets = more.stream().mapToLong(ModelMailbox.Message::octets).sum();
        return quota().hasRoom(octets, more.size());
    }

    private UidSet arrive(ModelMailbox box, List<ModelMailbox.Message> messages) {
        touched.add(box);
        return box.arrive(messages, modSeq, now);
    }

    Outcome<Copied> copy(MailboxId from, UidSet uids, MailboxId to, CopyCommand.Sources becoming) {
        var source = box(from);
        var target = box(to);
        if (source.isEmpty() || target.isEmpty()) {
            return refused(Refusal.NO_SUCH_MAILBOX);
        }
        var uidValidity = new UidValidity(target.get().uidValidity);
        var sources = source.get().there(uids);
        var copies = messages(source.get(), sources);
        if (copies.isEmpty()) {
            return done(new Copied(uidValidity, UidSet.EMPTY, UidSet.EMPTY));
        }
        if (becoming == CopyCommand.Sources.STAY && !hasRoom(copies)) {
            return refused(Refusal.OVER_QUOTA);
        }
        step();
        var targets = arrive(target.get(), copies);
        if (becoming == CopyCommand.Sources.GO) {
            expunge(source.get(), sources, Change.Origin.MOVE);
        }
        return done(new Copied(uidValidity, sources, targets));
    }

    private static List<ModelMailbox.Message> messages(ModelMailbox box, UidSet uids) {
        var messages = new ArrayList<ModelMailbox.Message>();
        uids.forEach(uid -> messages.add(box.message(uid)));
        return messages;
    }

    /// @param uids tombstones, all of the mailbox
    Outcome<BroughtBack> bringBack(MailboxId from, List<Long> uids, Destination to) {
        var origin = all.get(from.number());
        if (origin == null) {
            return refused(Refusal.NO_SUCH_MAILBOX);
        }
        var target =
                switch (to) {
                    case Destination.Into(var mailbox) -> box(mailbox);
                    case Destination.Original() ->
                            box(from).or(() -> Optional.ofNullable(live.get(origin.name)));
                };
        if (target.isEmpty() && to instanceof Destination.Into) {
            return refused(Refusal.NO_SUCH_MAILBOX);
        }
        var sources =
                uids.stream()
                        .filter(uid -> isRecoverable(origin.tombstones.get(uid)))
                        .sorted()
                        .toList();
        var messages = sources.stream().map(uid -> undeleted(origin, uid)).toList();
        if (!messages.isEmpty() && !hasRoom(messages)) {
            return refused(Refusal.OVER_QUOTA);
        }
        if (!messages.isEmpty() || target.isEmpty()) {
            step();
        }
        var box = target.orElseGet(() -> createWithSuperiors(origin.name, origin.use));
        sources.forEach(uid -> origin.tombstones.computeIfPresent(uid, ModelAccount::livesAgain));
        var targets = messages.isEmpty() ? UidSet.EMPTY : arrive(box, messages);
        return done(
                new BroughtBack(
                        box.id,
                        new UidValidity(box.uidValidity),
                        ModelMailbox.set(sources),
                        targets));
    }

    private static boolean isRecoverable(ModelMailbox.@Nullable Tombstone tombstone) {
        return tombstone != null && tombstone.origin() != Change.Origin.MOVE;
    }

    private static ModelMailbox.Message undeleted(ModelMailbox box, long uid) {
        var message = box.tombstone(uid).message();
        return message.with(message.flags().without(DELETED), message.modSeq());
    }

    private static ModelMailbox.Tombstone livesAgain(long uid, ModelMailbox.Tombstone tombstone) {
        return new ModelMailbox.Tombstone(tombstone.message(), tombstone.at(), Change.Origin.MOVE);
    }

    // ---- messages change and go

    Outcome<FlagsStored> storeFlags(
            MailboxId mailbox, UidSet uids, FlagChange change, OptionalLong unchangedSince) {
        var found = box(mailbox);
        if (found.isEmpty()) {
            return refused(Refusal.NO_SUCH_MAILBOX);
        }
        var box = found.get();
        var changed = new ArrayList<Long>();
        var modified = new ArrayList<Long>();
        box.there(uids)
                .forEach(uid -> {
                    var message = box.message(uid);
                    var after = box.spelled(change.applyTo(message.flags()));
                    if (unchangedSince.isPresent()
                            && message.modSeq() > unchangedSince.getAsLong()) {
                        modified.add(uid);
                    } else if (!after.equals(message.flags())) {
                        changed.add(uid);
                    }
                });
        if (!changed.isEmpty()) {
            step();
            flag(box, changed, change);
        }
        return done(new FlagsStored(ModelMailbox.set(changed), ModelMailbox.set(modified)));
    }

    private void flag(ModelMailbox box, List<Long> uids, FlagChange change) {
        if (!(change instanceof FlagChange.Remove)) {
            box.meet(change.flags());
        }
        for (long uid : uids) {
            var message = box.message(uid);
            var after = box.spelled(change.applyTo(message.flags()));
            box.messages.put(uid, message.with(after, modSeq));
        }
        box.highestModSeq = modSeq;
        touched.add(box);
    }

    Outcome<UidSet> expunge(MailboxId mailbox, UidSet uids) {
        var box = box(mailbox);
        if (box.isEmpty()) {
            return refused(Refusal.NO_SUCH_MAILBOX);
        }
        var going =
                ModelMailbox.set(
                        box.get().messages.entrySet().stream()
                                .filter(each -> uids.contains(each.getKey()))
                                .filter(each -> each.getValue().flags().has(SystemFlag.DELETED))
                                .map(Map.Entry::getKey)
                                .toList());
        if (!going.isEmpty()) {
            step();
            expunge(box.get(), going, Change.Origin.IMAP);
        }
        return done(going);
    }

    private void expunge(ModelMailbox box, UidSet uids, Change.Origin origin) {
        box.expunge(uids, origin, modSeq, now);
        touched.add(box);
    }

    /// The UPDATE state of a POP3 session that still has its lease.
    UidSet update(MailboxId maildrop, UidSet deleted, UidSet retrieved) {
        var box = box(maildrop).orElseThrow();
        var gone = box.there(deleted);
        var seen =
                box.messages.keySet().stream()
                        .filter(uid -> retrieved.contains(uid) && !deleted.contains(uid))
                        .filter(uid -> !box.message(uid).flags().has(SystemFlag.SEEN))
                        .toList();
        if (!gone.isEmpty() || !seen.isEmpty()) {
            step();
        }
        if (!seen.isEmpty()) {
            flag(box, seen, new FlagChange.Add(SEEN));
        }
        expunge(box, gone, Change.Origin.POP3);
        return gone;
    }

    // ---- mailboxes

    private ModelMailbox create(String name, SpecialUse use) {
        nextUidValidity = Math.max(nextUidValidity, now / 1000);
        var box =
                new ModelMailbox(
                        new MailboxId(id, nextMailbox++), name, nextUidValidity++, use, modSeq);
        live.put(name, box);
        all.put(box.id.number(), box);
        touched.add(box);
        return box;
    }

    private void createSuperiors(String name) {
        for (var superior : new MailboxName(name).superiors()) {
            if (!live.containsKey(superior.value())) {
                create(superior.value(), SpecialUse.NONE);
            }
        }
    }

    private ModelMailbox createWithSuperiors(String name, SpecialUse use) {
        createSuperiors(name);
        return create(name, use);
    }

    Outcome<MailboxEntry> create(MailboxName name, SpecialUse use) {
        if (name.isInbox()) {
            return refused(Refusal.INBOX);
        }
        if (live.containsKey(name.value())) {
            return refused(Refusal.ALREADY_EXISTS);
        }
        step();
        return done(createWithSuperiors(name.value(), use).entry());
    }

    Outcome<MailboxEntry> rename(MailboxName from, MailboxName to) {
        var box = live.get(from.value());
        if (box == null) {
            return refused(Refusal.NO_SUCH_MAILBOX);
        }
        if (live.containsKey(to.value())) {
            return refused(Refusal.ALREADY_EXISTS);
        }
        if (from.isInbox()) {
            return done(moveInbox(box, to.value()).entry());
        }
        if (to.isInferiorOf(from)) {
            return refused(Refusal.BAD_NAME);
        }
        var below = below(from.value());
        int length = from.value().length();
        if (below.stream()
                .anyMatch(each -> live.containsKey(to.value() + each.name.substring(length)))) {
            return refused(Refusal.ALREADY_EXISTS);
        }
        step();
        createSuperiors(to.value());
        rename(box, to.value());
        below.forEach(each -> rename(each, to.value() + each.name.substring(length)));
        return done(box.entry());
    }

    private ModelMailbox moveInbox(ModelMailbox inbox, String to) {
        step();
        var target = createWithSuperiors(to, SpecialUse.NONE);
        var uids = ModelMailbox.set(List.copyOf(inbox.messages.keySet()));
        if (!uids.isEmpty()) {
            arrive(target, messages(inbox, uids));
            expunge(inbox, uids, Change.Origin.MOVE);
        }
        return target;
    }

    private void rename(ModelMailbox box, String name) {
        live.remove(box.name);
        box.name = name;
        live.put(name, box);
        touched.add(box);
    }

    private List<ModelMailbox> below(String name) {
        return live.values().stream().filter(box -> box.name.startsWith(name + "/")).toList();
    }

    Outcome<MailboxId> delete(MailboxName name) {
        var box = live.get(name.value());
        if (box == null) {
            return refused(Refusal.NO_SUCH_MAILBOX);
        }
        if (name.isInbox()) {
            return refused(Refusal.INBOX);
        }
        if (!below(name.value()).isEmpty()) {
            return refused(Refusal.HAS_INFERIORS);
        }
        step();
        live.remove(box.name);
        box.deleted = true;
        box.deletedAt = now;
        box.highestModSeq = modSeq;
        touched.add(box);
        return done(box.id);
    }

    Outcome<MailboxEntry> use(MailboxName name, SpecialUse use) {
        var box = live.get(name.value());
        if (box == null) {
            return refused(Refusal.NO_SUCH_MAILBOX);
        }
        if (box.use != use) {
            step();
            box.use = use;
            touched.add(box);
        }
        return done(box.entry());
    }

    boolean subscribe(MailboxName name, boolean subscribe) {
        boolean changes =
                subscribe ? subscriptions.add(name.value()) : subscriptions.remove(name.value());
        if (changes) {
            step();
        }
        return changes;
    }

    void setQuota(Quota.Limits changed) {
        step();
        limits = changed;
    }
}
