package org.postrider.storage.jdbc.command;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.postrider.storage.jdbc.account.Change;
import org.postrider.storage.jdbc.account.MailboxState;
import org.postrider.storage.jdbc.account.MessageKey;
import org.postrider.storage.jdbc.account.MessageRow;
import org.postrider.storage.jdbc.account.UidRanges;
import org.postrider.storage.jdbc.group.AccountLedger;
import org.postrider.storage.jdbc.group.GroupPlan;
import org.postrider.storage.jdbc.view.ChunkedView;
import org.postrider.storage.mailbox.UidSet;

/// Copies messages inside an account: their own rows, flags, keywords and dates; the same bodies.
final class MessageCopy {

    private final GroupPlan plan;
    private final AccountLedger account;
    private final MailboxState source;
    private final ChunkedView view;
    private final List<MessageRow> rows = new ArrayList<>();
    private long octets;

    MessageCopy(GroupPlan plan, AccountLedger account, MailboxState source, UidSet uids)
            throws SQLException {
        this.plan = plan;
        this.account = account;
        this.source = source;
        this.view = account.view(source);
        view.forEach(
                uids,
                index -> {
                    rows.add(view.row(index));
                    octets += view.octets(index);
                });
    }

    int count() {
        return rows.size();
    }

    long octets() {
        return octets;
    }

    /// The messages that are there.
    UidSet sources() {
        var uids = new UidRanges();
        rows.forEach(row -> uids.add(row.uid()));
        return uids.toSet();
    }

    /// Whether the target has UIDs and bits for them.
    boolean fits(MailboxState target) {
        var words = new Keywords(target);
        masks(words);
        return account.hasUids(target, count()) && words.fit();
    }

    /// The flags of the messages as another mailbox has them.
    private long[] masks(Keywords words) {
        var translating = words.translating(source.keywords());
        return rows.stream().mapToLong(MessageRow::flags).map(translating).toArray();
    }

    /// Puts the copies into the target, as part of the command.
    UidSet into(MailboxState box) throws SQLException {
        var words = new Keywords(box);
        var masks = masks(words);
        var copies = new ArrayList<MessageRow>(rows.size());
        long uid = box.uidNext();
        for (var row : rows) {
            long flags = masks[copies.size()];
            copies.add(new MessageRow(uid++, flags, row.size(), row.date()));
        }
        words.meet(account, box);
        if (account.isLarge(copies.size())) {
            account.addLater(new Change.Copied(box.number(), source.number(), sources(), copies));
        } else {
            copyMetas(box);
            account.add(box.number(), copies);
        }
        return UidSet.range(box.uidNext(), uid - 1);
    }

    private void copyMetas(MailboxState target) throws SQLException {
        var places = places();
        var bodies = plan.bodiesOf(places);
        long uid = target.uidNext();
        for (var from : places) {
            var body = bodies.get(from);
            if (body == null) {
                throw new IllegalStateException("no body of " + from);
            }
            plan.rows().copyMeta(from, account.key(target.number(), uid++), body);
        }
    }

    /// The rows that say what never changes of the sources.
    private List<MessageKey> places() {
        var places = new ArrayList<MessageKey>(rows.size());
        for (var place : account.unwrittenBacklogs().places(source.number(), sources())) {
            for (long uid = place.first(); uid <= place.last(); uid++) {
                places.add(account.key(place.mailbox(), uid));
            }
        }
        return places;
    }
}
