package org.postrider.storage.jdbc.view;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.postrider.storage.jdbc.account.Change.Added;
import org.postrider.storage.jdbc.account.Change.Copied;
import org.postrider.storage.jdbc.account.Change.Expunged;
import org.postrider.storage.jdbc.account.Change.FlagsSet;
import org.postrider.storage.jdbc.account.LoggedChange;
import org.postrider.storage.jdbc.account.MailboxState;
import org.postrider.storage.jdbc.account.UidRanges;
import org.postrider.storage.mailbox.Flags;
import org.postrider.storage.mailbox.MailboxId;
import org.postrider.storage.mailbox.MailboxView;
import org.postrider.storage.mailbox.ModSeq;
import org.postrider.storage.mailbox.UidSet;
import org.postrider.storage.mailbox.UidValidity;

/// A view for sessions that only wait: UIDs in runs and the figures, some hundred octets for most
/// mailboxes. It knows the numbers of messages, and so tells which are new and which are gone; what
/// else there is to know of a message only a whole view knows.
///
/// @param deleted the mailbox was deleted
public record RestingView(
        MailboxId mailbox,
        UidValidity uidValidity,
        long uidNext,
        ModSeq highestModSeq,
        boolean deleted,
        List<String> keywords,
        int unseen,
        UidRuns uids)
        implements MailboxView {

    static RestingView of(ChunkedView view) {
        return new RestingView(
                view.mailbox(),
                view.uidValidity(),
                view.uidNext(),
                view.highestModSeq(),
                view.deleted(),
                view.keywords(),
                view.unseen(),
                UidRuns.of(view));
    }

    /// This view of a mailbox that is there no more.
    RestingView closed(long modSeq) {
        return new RestingView(
                mailbox, uidValidity, uidNext, new ModSeq(modSeq), true, keywords, unseen, uids);
    }

    /// What changes make of this view, as long as messages only came: what happened to the flags of
    /// a message only a whole view can tell those who wait.
    ///
    /// @param state the figures that its mailbox has then
    Optional<RestingView> after(List<LoggedChange> changes, MailboxState state) {
        var more = uids;
        for (var logged : changes) {
            var change = logged.change();
            if (change.mailbox() != mailbox.number() || logged.modSeq() <= highestModSeq.value()) {
                continue;
            }
            if (change instanceof FlagsSet || change instanceof Expunged) {
                return Optional.empty();
            }
            more =
                    switch (change) {
                        case Added(_, var messages) -> more.with(messages);
                        case Copied(_, _, _, var messages) -> more.with(messages);
                        default -> more;
                    };
        }
        return more.size() != state.total()
                ? Optional.empty()
                : Optional.of(
                        new RestingView(
                                mailbox,
                                uidValidity,
                                state.uidNext(),
                                new ModSeq(state.highestModSeq()),
                                false,
                                state.keywords().names(),
                                state.unseen(),
                                more));
    }

    @Override
    public int size() {
        return uids.size();
    }

    @Override
    public long uid(int index) {
        return uids.uid(index);
    }

    @Override
    public int indexOf(long uid) {
        return uids.contains(uid) ? uids.firstFrom(uid) : -1;
    }

    @Override
    public int firstFrom(long uid) {
        return uids.firstFrom(uid);
    }

    @Override
    public MailboxView resting() {
        return this;
    }

    @Override
    public Flags flags(int index) {
        throw unknown();
    }

    @Override
    public long octets(int index) {
        throw unknown();
    }

    @Override
    public Instant internalDate(int index) {
        throw unknown();
    }

    @Override
    public ModSeq modSeq(int index) {
        throw unknown();
    }

    @Override
    public int firstUnseen() {
        throw unknown();
    }

    private static IllegalStateException unknown() {
        return new IllegalStateException("a view at rest knows nothing of single messages");
    }

    /// What happened since an earlier view. Flags did not change between the two: a mailbox is at
    /// rest only where everybody had been told of all that went before.
    @Override
    public Difference since(MailboxView earlier) {
        var before = ((RestingView) earlier.resting()).uids;
        var expunged = new UidRanges();
        before.without(uids, expunged);
        var appended = new UidRanges();
        uids.without(before, appended);
        return new Difference(expunged.toSet(), UidSet.EMPTY, appended.toSet());
    }
}
