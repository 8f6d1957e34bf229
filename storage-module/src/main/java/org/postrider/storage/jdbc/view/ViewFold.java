package org.postrider.storage.jdbc.view;

import java.util.List;
import org.postrider.storage.jdbc.account.Change;
import org.postrider.storage.jdbc.account.Change.Added;
import org.postrider.storage.jdbc.account.Change.Copied;
import org.postrider.storage.jdbc.account.Change.Expunged;
import org.postrider.storage.jdbc.account.Change.FlagsSet;
import org.postrider.storage.jdbc.account.Change.KeywordMet;
import org.postrider.storage.jdbc.account.Change.KeywordSetsMet;
import org.postrider.storage.jdbc.account.Change.Named;
import org.postrider.storage.jdbc.account.Change.QuotaSet;
import org.postrider.storage.jdbc.account.Change.Subscribed;
import org.postrider.storage.jdbc.account.LoggedChange;

/// What a record of the change log makes of a view of its mailbox. Names and keywords are not in
/// the view but in the state of the mailbox, which it is given at the end ([ChunkedView#at]).
public final class ViewFold {

    private ViewFold() {}

    /// What is left of a view after those of the changes that are about its mailbox.
    public static ChunkedView fold(ChunkedView view, int mailbox, List<LoggedChange> changes) {
        var folded = view;
        for (var logged : changes) {
            if (logged.change().mailbox() == mailbox) {
                folded = fold(folded, logged.change(), logged.modSeq());
            }
        }
        return folded;
    }

    static ChunkedView fold(ChunkedView view, Change change, long modSeq) {
        return switch (change) {
            case Added(_, var messages) -> view.appending(messages, modSeq);
            case Copied(_, _, _, var messages) -> view.appending(messages, modSeq);
            case FlagsSet(_, var groups) -> view.flagging(groups, modSeq);
            case Expunged(_, _, var uids) -> view.without(uids);
            case Named(_, _, _, _, boolean deleted) -> deleted ? view.closed(modSeq) : view;
            case KeywordMet _, KeywordSetsMet _, Subscribed _, QuotaSet _ -> view;
        };
    }
}
