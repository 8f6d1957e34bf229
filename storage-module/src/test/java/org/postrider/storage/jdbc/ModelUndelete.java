package org.postrider.storage.jdbc;

import static org.postrider.storage.jdbc.ModelAccount.done;
import static org.postrider.storage.jdbc.ModelAccount.refused;

import java.util.List;
import java.util.Optional;
import org.postrider.storage.jdbc.account.Change;
import org.postrider.storage.mailbox.Flags;
import org.postrider.storage.mailbox.MailboxId;
import org.postrider.storage.mailbox.Outcome;
import org.postrider.storage.mailbox.Refusal;
import org.postrider.storage.mailbox.SystemFlag;
import org.postrider.storage.mailbox.UidSet;
import org.postrider.storage.mailbox.UidValidity;
import org.postrider.storage.mailbox.Undelete.BroughtBack;
import org.postrider.storage.mailbox.Undelete.Destination;

/// What comes back to an account, and what is answered.
final class ModelUndelete {

    private static final Flags DELETED = Flags.of(SystemFlag.DELETED);

    private final ModelAccount account;

    ModelUndelete(ModelAccount account) {
        this.account = account;
    }

    /// @param uids tombstones, all of the mailbox
    Outcome<BroughtBack> bringBack(MailboxId from, List<Long> uids, Destination to) {
        var origin = account.all.get(from.number());
        if (origin == null) {
            return refused(Refusal.NO_SUCH_MAILBOX);
        }
        var target =
                switch (to) {
                    case Destination.Into(var mailbox) -> account.box(mailbox);
                    case Destination.Original() ->
                            account.box(from)
                                    .or(() -> Optional.ofNullable(account.live.get(origin.name)));
                };
        if (target.isEmpty() && to instanceof Destination.Into) {
            return refused(Refusal.NO_SUCH_MAILBOX);
        }
        var sources =
                uids.stream()
                        .filter(origin.tombstones::containsKey)
                        .filter(uid -> origin.tombstone(uid).isRecoverable())
                        .sorted()
                        .toList();
        var messages = sources.stream().map(uid -> undeleted(origin, uid)).toList();
        if (!messages.isEmpty() && !account.hasRoom(messages)) {
            return refused(Refusal.OVER_QUOTA);
        }
        if (!messages.isEmpty() || target.isEmpty()) {
            account.step();
        }
        var box = target.orElseGet(() -> account.createWithSuperiors(origin.name, origin.use));
        sources.forEach(uid -> origin.tombstones.computeIfPresent(uid, ModelUndelete::livesAgain));
        var targets = messages.isEmpty() ? UidSet.EMPTY : account.arrive(box, messages);
        return done(
                new BroughtBack(
                        box.id,
                        new UidValidity(box.uidValidity),
                        ModelMailbox.set(sources),
                        targets));
    }

    private static ModelMailbox.Message undeleted(ModelMailbox box, long uid) {
        var message = box.tombstone(uid).message();
        return message.with(message.flags().without(DELETED), message.modSeq());
    }

    private static ModelMailbox.Tombstone livesAgain(long uid, ModelMailbox.Tombstone tombstone) {
        return new ModelMailbox.Tombstone(
                tombstone.message(), tombstone.modSeq(), tombstone.at(), Change.Origin.MOVE);
    }
}
