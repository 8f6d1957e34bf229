package org.postrider.storage.jdbc.group;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.postrider.storage.jdbc.account.Change;
import org.postrider.storage.jdbc.account.ChangeLogCodec;
import org.postrider.storage.jdbc.account.LogPosition;

/// Brings the rows of an account's mailboxes nearer to its log: applies the next records, whole and
/// in the order of the log, so that what a record builds on is in rows when its turn comes. Nothing
/// that anybody sees changes: no MODSEQ, no record, no view.
///
/// The result tells whether there is more to do.
public record ApplyCommand(int account) implements LaneCommand<Boolean> {

    /// Messages in one transaction, so that a delivery behind it does not wait long.
    private static final int MOST_MESSAGES = ChangeLogCodec.MOST_MESSAGES;

    /// Records read at once.
    private static final int MOST_RECORDS = 256;

    @Override
    public Set<Integer> accounts() {
        return Set.of(account);
    }

    @Override
    public Boolean plan(GroupPlan plan) throws SQLException {
        var found = plan.account(account);
        if (found.isEmpty()
                || found.get().durableBacklogs().isEmpty()
                || found.get().isApplying()) {
            return found.map(AccountLedger::isBehind).orElse(false);
        }
        var ledger = found.get();
        var taken = new long[1];
        var waiting =
                plan.waiting(
                        account,
                        ledger.durableBacklogs(),
                        MOST_RECORDS,
                        logged -> {
                            boolean first = taken[0] == 0;
                            taken[0] += messages(logged.change());
                            return first || taken[0] <= MOST_MESSAGES;
                        });
        var applied = new HashMap<Integer, LogPosition>();
        for (var logged : waiting.records()) {
            plan.rows().applied.add(new GroupRows.Logged(account, logged));
            applied.put(logged.mailbox(), logged.position());
        }
        move(ledger, applied, waiting.all());
        return ledger.isBehind();
    }

    private static void move(AccountLedger ledger, Map<Integer, LogPosition> applied, boolean all) {
        ledger.durableBacklogs()
                .mailboxes()
                .forEach((mailbox, backlog) -> {
                    var position = applied.get(mailbox);
                    if (all || position != null) {
                        ledger.catchUp(
                                mailbox, position == null ? backlog.applied() : position, all);
                    }
                });
    }

    private static long messages(Change change) {
        return switch (change) {
            case Change.Added(_, var messages) -> messages.size();
            case Change.Copied(_, _, _, var messages) -> messages.size();
            case Change.FlagsSet(_, var groups) ->
                    groups.stream().mapToLong(group -> group.uids().size()).sum();
            case Change.Expunged(_, _, var uids) -> uids.size();
            case Change.Named _, Change.Subscribed _, Change.QuotaSet _ -> 0;
            case Change.KeywordMet _, Change.KeywordSetsMet _ -> 0;
        };
    }
}
