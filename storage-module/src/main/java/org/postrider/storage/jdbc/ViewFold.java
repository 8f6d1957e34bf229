package org.postrider.storage.jdbc;

import java.util.List;
import org.postrider.storage.jdbc.Change.Added;
import org.postrider.storage.jdbc.Change.Copied;
import org.postrider.storage.jdbc.Change.Expunged;
import org.postrider.storage.jdbc.Change.FlagsSet;
import org.postrider.storage.jdbc.Change.KeywordMet;
import org.postrider.storage.jdbc.Change.KeywordSetsMet;
import org.postrider.storage.jdbc.Change.Named;
import org.postrider.storage.jdbc.Change.QuotaSet;
import org.postrider.storage.jdbc.Change.Subscribed;

/// What a record of the change log makes of a view of its mailbox. Names and keywords are not in
/// the view but in the state of the mailbox, which it is given at the end ([ChunkedView#at]).
final class ViewFold {

    private ViewFold() {}

    /// What is left of a view after those of the changes that are about its mailbox.
    static ChunkedView fold(ChunkedView view, int mailbox, List<LoggedChange> changes) {
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
