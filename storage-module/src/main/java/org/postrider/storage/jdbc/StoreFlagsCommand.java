package org.postrider.storage.jdbc;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.postrider.storage.mailbox.FlagChange;
import org.postrider.storage.mailbox.FlagsStored;
import org.postrider.storage.mailbox.MailboxId;
import org.postrider.storage.mailbox.Outcome;
import org.postrider.storage.mailbox.Refusal;
import org.postrider.storage.mailbox.UidSet;

/// Changes the flags of messages (RFC 9051 §6.4.6, RFC 7162 §3.1.3).
record StoreFlagsCommand(
        MailboxId mailbox, UidSet uids, FlagChange change, OptionalLong unchangedSince)
        implements LaneCommand<Outcome<FlagsStored>> {

    @Override
    public Set<Integer> accounts() {
        return Set.of(mailbox.account().value());
    }

    @Override
    public Outcome<FlagsStored> plan(GroupPlan plan) throws SQLException {
        var account = plan.account(mailbox.account().value());
        var found = account.flatMap(ledger -> ledger.mailbox(mailbox));
        if (account.isEmpty() || found.isEmpty()) {
            return new Outcome.Refused<>(Refusal.NO_SUCH_MAILBOX);
        }
        var ledger = account.get();
        var box = found.get();
        var view = ledger.view(box);
        var selected = new UidRanges();
        var modified = new UidRanges();
        select(view, selected, modified);
        var missing =
                change instanceof FlagChange.Remove || selected.isEmpty()
                        ? List.<String>of()
                        : Keywords.unknown(box, List.of(change.flags()));
        if (!Keywords.fit(box, missing)) {
            return new Outcome.Refused<>(Refusal.LIMIT);
        }
        var after = missing.stream().reduce(box.keywords(), KeywordBits::with, (_, b) -> b);
        var changes = changes(view, selected.toSet(), after);
        if (!changes.isEmpty()) {
            ledger.step();
            Keywords.meet(ledger, box, missing);
            ledger.setFlags(box.number(), changes);
        }
        return new Outcome.Done<>(new FlagsStored(set(changes), modified.toSet()));
    }

    /// Which of the UIDs are there, and which of those changed too late.
    private void select(ChunkedView view, UidRanges selected, UidRanges modified) {
        view.forEach(
                uids,
                index -> {
                    boolean late =
                            unchangedSince.isPresent()
                                    && view.modSeq(index).value() > unchangedSince.getAsLong();
                    (late ? modified : selected).add(view.uid(index));
                });
    }

    private Map<Long, Long> changes(ChunkedView view, UidSet selected, KeywordBits keywords) {
        long mask = keywords.mask(change.flags());
        var changes = new HashMap<Long, Long>();
        selected.forEach(uid -> {
            long before = view.mask(view.indexOf(uid));
            long after =
                    switch (change) {
                        case FlagChange.Add _ -> before | mask;
                        case FlagChange.Remove _ -> before & ~mask;
                        case FlagChange.Replace _ -> mask;
                    };
            if (after != before) {
                changes.put(uid, after);
            }
        });
        return changes;
    }

    private static UidSet set(Map<Long, Long> changes) {
        var changed = new UidRanges();
        changes.keySet().stream().sorted().forEach(changed::add);
        return changed.toSet();
    }
}
