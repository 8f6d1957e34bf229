package org.postrider.storage.jdbc;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.Set;
import org.postrider.storage.jdbc.Change.Origin;
import org.postrider.storage.mailbox.MailboxId;
import org.postrider.storage.mailbox.Outcome;
import org.postrider.storage.mailbox.Refusal;
import org.postrider.storage.mailbox.UidSet;

/// The UPDATE state of a POP3 session (RFC 1939 §6).
///
/// @param deleted expunged where they still live
/// @param retrieved marked \Seen where they still live and stay
record MaildropUpdateCommand(MailboxId mailbox, UidSet deleted, UidSet retrieved)
        implements LaneCommand<Outcome<UidSet>> {

    @Override
    public Set<Integer> accounts() {
        return Set.of(mailbox.account().value());
    }

    @Override
    public Outcome<UidSet> plan(GroupPlan plan) throws SQLException {
        var account = plan.account(mailbox.account().value());
        var box = account.flatMap(ledger -> ledger.mailbox(mailbox));
        if (account.isEmpty() || box.isEmpty()) {
            return new Outcome.Refused<>(Refusal.NO_SUCH_MAILBOX);
        }
        var ledger = account.get();
        var view = ledger.view(box.get());
        var going = new UidRanges();
        var seen = new HashMap<Long, Long>();
        view.forEach(
                deleted.plus(retrieved),
                index -> {
                    long uid = view.uid(index);
                    if (deleted.contains(uid)) {
                        going.add(uid);
                    } else if ((view.mask(index) & KeywordBits.SEEN) == 0) {
                        seen.put(uid, view.mask(index) | KeywordBits.SEEN);
                    }
                });
        var gone = going.toSet();
        if (!seen.isEmpty() || !gone.isEmpty()) {
            ledger.step();
        }
        if (!seen.isEmpty()) {
            ledger.setFlags(box.get().number(), seen);
        }
        if (!gone.isEmpty()) {
            ledger.expunge(box.get().number(), Origin.POP3, gone);
        }
        return new Outcome.Done<>(gone);
    }
}
