package org.postrider.storage.jdbc.upkeep;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.postrider.storage.blob.RecordType;
import org.postrider.storage.blob.SegmentNote;
import org.postrider.storage.jdbc.account.ColumnCodes;
import org.postrider.storage.jdbc.account.MailboxState;
import org.postrider.storage.jdbc.database.Session;
import org.postrider.storage.jdbc.directory.DirectoryTable;
import org.postrider.storage.jdbc.directory.OwnedRows;
import org.postrider.storage.jdbc.group.GroupPlan;
import org.postrider.storage.jdbc.group.LaneCommand;
import org.postrider.storage.jdbc.group.NamesNote;
import org.postrider.storage.jdbc.lane.Lanes;

/// Has the segments say all there is of some accounts, but their messages.
public record NameAccounts(Set<Integer> accounts) implements LaneCommand<Integer> {

    /// Accounts in one transaction.
    private static final int AT_ONCE = 64;

    /// Does so some at a time.
    public static void all(Lanes lanes, Collection<Integer> accounts) {
        var left = new ArrayList<>(accounts);
        for (int from = 0; from < left.size(); from += AT_ONCE) {
            var some = left.subList(from, Math.min(left.size(), from + AT_ONCE));
            lanes.call(new NameAccounts(new TreeSet<>(some)));
        }
    }

    @Override
    public Integer plan(GroupPlan plan) throws SQLException {
        var owners = new ArrayList<NamesNote.Owner>();
        var boxes = new ArrayList<NamesNote.Box>();
        var limits = new ArrayList<NamesNote.Limits>();
        var subscriptions = new ArrayList<NamesNote.Subscription>();
        var directory = new ArrayList<OwnedRows>();
        for (int account : accounts) {
            var ledger = plan.account(account);
            if (ledger.isPresent()) {
                var state = ledger.get().after();
                owners.add(new NamesNote.Owner(account, state.nextUidValidity()));
                directory.add(plan.directory().all(owner(DirectoryTable.ACCOUNTS, account)));
                directory.add(plan.directory().all(owner(DirectoryTable.SEND_AS, account)));
                boxes.addAll(deleted(plan.session(), account));
                state.mailboxes().values().forEach(box -> boxes.add(box(box)));
                limits.add(
                        new NamesNote.Limits(account, state.quotaOctets(), state.quotaMessages()));
                state.subscriptions()
                        .forEach(name ->
                                subscriptions.add(new NamesNote.Subscription(account, name, true)));
            }
        }
        var note = new NamesNote(owners, boxes, limits, subscriptions, directory);
        if (!note.isEmpty()) {
            plan.rows().notes.add(new SegmentNote(RecordType.NAMES, note.encoded()));
        }
        return owners.size();
    }

    private static OwnedRows.Owner owner(DirectoryTable table, int account) {
        return new OwnedRows.Owner(table, (long) account);
    }

    private static NamesNote.Box box(MailboxState box) {
        return new NamesNote.Box(
                box.account(),
                box.number(),
                box.name(),
                box.uidValidity(),
                box.specialUse(),
                box.uidNext(),
                false);
    }

    private static List<NamesNote.Box> deleted(Session session, int account) throws SQLException {
        return session.query(
                """
                select m.mailbox_id, m.name, m.uidvalidity, m.special_use, s.uidnext
                from mailbox m
                join mailbox_state s on s.account_id = m.account_id and s.mailbox_id = m.mailbox_id
                where m.account_id = ? and m.live_name is null
                """,
                row ->
                        new NamesNote.Box(
                                account,
                                row.getInt(1),
                                row.getString(2),
                                row.getLong(3),
                                ColumnCodes.specialUse(row.getInt(4)),
                                row.getLong(5),
                                true),
                account);
    }
}
