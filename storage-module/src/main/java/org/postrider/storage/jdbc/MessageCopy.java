package org.postrider.storage.jdbc;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
        var bodies = plan.bodiesOf(account.account(), source.number(), rows);
        long uid = box.uidNext();
        for (var row : rows) {
            long flags = masks[copies.size()];
            copies.add(new MessageRow(uid, flags, row.size(), row.date()));
            var from = account.key(source.number(), row.uid());
            var to = account.key(box.number(), uid);
            plan.rows().copyMeta(from, to, bodyOf(bodies, row.uid()));
            uid++;
        }
        words.meet(account, box);
        account.add(box.number(), copies);
        return UidSet.range(box.uidNext(), uid - 1);
    }

    private long bodyOf(Map<Long, Long> bodies, long uid) {
        var body = bodies.get(uid);
        if (body == null) {
            throw new IllegalStateException("no body of UID " + uid + " in " + source);
        }
        return body;
    }
}
