package org.postrider.storage.jdbc;

import static org.postrider.storage.jdbc.ModelAccount.done;
import static org.postrider.storage.jdbc.ModelAccount.refused;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.postrider.storage.jdbc.account.Change;
import org.postrider.storage.jdbc.command.CopyCommand;
import org.postrider.storage.mailbox.Appended;
import org.postrider.storage.mailbox.Copied;
import org.postrider.storage.mailbox.Delivered;
import org.postrider.storage.mailbox.Delivery;
import org.postrider.storage.mailbox.FlagChange;
import org.postrider.storage.mailbox.Flags;
import org.postrider.storage.mailbox.FlagsStored;
import org.postrider.storage.mailbox.MailboxId;
import org.postrider.storage.mailbox.Outcome;
import org.postrider.storage.mailbox.Refusal;
import org.postrider.storage.mailbox.SystemFlag;
import org.postrider.storage.mailbox.Uid;
import org.postrider.storage.mailbox.UidSet;
import org.postrider.storage.mailbox.UidValidity;

/// What commands make of the messages of an account, and what they answer.
final class ModelMessages {

    private static final Flags SEEN = Flags.of(SystemFlag.SEEN);

    private final ModelAccount account;

    ModelMessages(ModelAccount account) {
        this.account = account;
    }

    Outcome<Delivered> deliver(ModelMailbox.Message message, Delivery.Admission admission) {
        boolean room = account.quota().hasRoom(message.octets(), 1);
        if (!room && admission == Delivery.Admission.CHECKED) {
            return refused(Refusal.OVER_QUOTA);
        }
        account.step();
        var inbox = account.named("INBOX");
        var uids = account.arrive(inbox, List.of(message));
        return done(new Delivered(inbox.id, new Uid(uids.ranges().getFirst().first())));
    }

    Outcome<Appended> append(MailboxId mailbox, List<ModelMailbox.Message> messages) {
        var box = account.box(mailbox);
        if (box.isEmpty()) {
            return refused(Refusal.NO_SUCH_MAILBOX);
        }
        if (!account.hasRoom(messages)) {
            return refused(Refusal.OVER_QUOTA);
        }
        account.step();
        var uids = account.arrive(box.get(), messages);
        return done(new Appended(new UidValidity(box.get().uidValidity), uids));
    }

    Outcome<Copied> copy(MailboxId from, UidSet uids, MailboxId to, CopyCommand.Sources becoming) {
        var source = account.box(from);
        var target = account.box(to);
        if (source.isEmpty() || target.isEmpty()) {
            return refused(Refusal.NO_SUCH_MAILBOX);
        }
        var uidValidity = new UidValidity(target.get().uidValidity);
        var sources = source.get().there(uids);
        var copies = source.get().messages(sources);
        if (copies.isEmpty()) {
            return done(new Copied(uidValidity, UidSet.EMPTY, UidSet.EMPTY));
        }
        if (becoming == CopyCommand.Sources.STAY && !account.hasRoom(copies)) {
            return refused(Refusal.OVER_QUOTA);
        }
        account.step();
        var targets = account.arrive(target.get(), copies);
        if (becoming == CopyCommand.Sources.GO) {
            account.expunge(source.get(), sources, Change.Origin.MOVE);
        }
        return done(new Copied(uidValidity, sources, targets));
    }

    Outcome<FlagsStored> storeFlags(
            MailboxId mailbox, UidSet uids, FlagChange change, OptionalLong unchangedSince) {
        var found = account.box(mailbox);
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
            account.step();
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
            box.messages.put(uid, message.with(after, account.modSeq));
        }
        box.highestModSeq = account.modSeq;
        account.touch(box);
    }

    Outcome<UidSet> expunge(MailboxId mailbox, UidSet uids) {
        var box = account.box(mailbox);
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
            account.step();
            account.expunge(box.get(), going, Change.Origin.IMAP);
        }
        return done(going);
    }

    /// The UPDATE state of a POP3 session.
    UidSet update(MailboxId maildrop, UidSet deleted, UidSet retrieved) {
        var box = account.box(maildrop).orElseThrow();
        var gone = box.there(deleted);
        var seen =
                box.messages.keySet().stream()
                        .filter(uid -> retrieved.contains(uid) && !deleted.contains(uid))
                        .filter(uid -> !box.message(uid).flags().has(SystemFlag.SEEN))
                        .toList();
        if (!gone.isEmpty() || !seen.isEmpty()) {
            account.step();
        }
        if (!seen.isEmpty()) {
            flag(box, seen, new FlagChange.Add(SEEN));
        }
        account.expunge(box, gone, Change.Origin.POP3);
        return gone;
    }
}
