package org.postrider.storage.jdbc.command;

import java.sql.SQLException;
import java.util.Set;
import org.postrider.storage.jdbc.account.Change.Origin;
import org.postrider.storage.jdbc.account.KeywordBits;
import org.postrider.storage.jdbc.account.UidRanges;
import org.postrider.storage.jdbc.group.GroupPlan;
import org.postrider.storage.jdbc.group.LaneCommand;
import org.postrider.storage.mailbox.MailboxId;
import org.postrider.storage.mailbox.Outcome;
import org.postrider.storage.mailbox.Refusal;
import org.postrider.storage.mailbox.UidSet;

/// Removes messages that have \Deleted (RFC 9051 §6.4.3, §6.4.9).
public record ExpungeCommand(MailboxId mailbox, UidSet uids)
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
        if (box.get().deleted() == 0) {
            return new Outcome.Done<>(UidSet.EMPTY);
        }
        var view = ledger.view(box.get());
        var going = new UidRanges();
        view.forEach(
                uids,
                index -> {
                    if ((view.mask(index) & KeywordBits.DELETED) != 0) {
                        going.add(view.uid(index));
                    }
                });
        var gone = going.toSet();
        if (!gone.isEmpty()) {
            ledger.step();
            ledger.expunge(box.get().number(), Origin.IMAP, gone);
        }
        return new Outcome.Done<>(gone);
    }
}
