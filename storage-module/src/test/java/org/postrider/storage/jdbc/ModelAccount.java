package org.postrider.storage.jdbc;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.postrider.storage.directory.AccountId;
import org.postrider.storage.directory.Quota;
import org.postrider.storage.jdbc.account.Change;
import org.postrider.storage.mailbox.MailboxId;
import org.postrider.storage.mailbox.MailboxName;
import org.postrider.storage.mailbox.Outcome;
import org.postrider.storage.mailbox.Refusal;
import org.postrider.storage.mailbox.SpecialUse;
import org.postrider.storage.mailbox.UidSet;

/// What commands make of an account, one after the other, in the simplest way that the rules of the
/// ports allow. What they are and what they answer is told by [ModelMessages], [ModelNames],
/// [ModelUndelete] and [ModelRetention].
final class ModelAccount {

    final AccountId id;

    /// Live mailboxes by name.
    final TreeMap<String, ModelMailbox> live = new TreeMap<>();

    /// Live and deleted mailboxes by number.
    final TreeMap<Integer, ModelMailbox> all = new TreeMap<>();

    final TreeSet<String> subscriptions = new TreeSet<>();
    long modSeq = 1;
    Quota.Limits limits = Quota.Limits.NONE;

    /// When the command is carried out, milliseconds since 1970.
    long now;

    private final Set<ModelMailbox> touched = new LinkedHashSet<>();
    private int nextMailbox = 1;
    private long nextUidValidity = 1;

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

    void touch(ModelMailbox box) {
        touched.add(box);
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

    static <T> Outcome<T> done(T value) {
        return new Outcome.Done<>(value);
    }

    static <T> Outcome<T> refused(Refusal why) {
        return new Outcome.Refused<>(why);
    }

    void step() {
        modSeq++;
    }

    boolean hasRoom(List<ModelMailbox.Message> more) {
        long octets = more.stream().mapToLong(ModelMailbox.Message::octets).sum();
        return quota().hasRoom(octets, more.size());
    }

    UidSet arrive(ModelMailbox box, List<ModelMailbox.Message> messages) {
        touch(box);
        return box.arrive(messages, modSeq, now);
    }

    void expunge(ModelMailbox box, UidSet uids, Change.Origin origin) {
        box.expunge(uids, origin, modSeq, now);
        touch(box);
    }

    private ModelMailbox create(String name, SpecialUse use) {
        nextUidValidity = Math.max(nextUidValidity, now / 1000);
        var box =
                new ModelMailbox(
                        new MailboxId(id, nextMailbox++), name, nextUidValidity++, use, modSeq);
        live.put(name, box);
        all.put(box.id.number(), box);
        touch(box);
        return box;
    }

    void createSuperiors(String name) {
        for (var superior : new MailboxName(name).superiors()) {
            if (!live.containsKey(superior.value())) {
                create(superior.value(), SpecialUse.NONE);
            }
        }
    }

    ModelMailbox createWithSuperiors(String name, SpecialUse use) {
        createSuperiors(name);
        return create(name, use);
    }

    void limit(Quota.Limits changed) {
        if (!changed.equals(limits)) {
            step();
            limits = changed;
        }
    }
}
