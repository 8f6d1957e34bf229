package org.postrider.storage.jdbc.command;

import java.sql.SQLException;
import java.util.Set;
import org.postrider.storage.jdbc.account.Change.Origin;
import org.postrider.storage.jdbc.group.AccountLedger;
import org.postrider.storage.jdbc.group.GroupPlan;
import org.postrider.storage.jdbc.group.LaneCommand;
import org.postrider.storage.mailbox.Copied;
import org.postrider.storage.mailbox.MailboxId;
import org.postrider.storage.mailbox.Outcome;
import org.postrider.storage.mailbox.Refusal;
import org.postrider.storage.mailbox.UidSet;

/// Copies or moves messages into a mailbox of the same account, all or none (RFC 9051 §6.4.7,
/// §6.4.8). After a move the account has as much as before, so no quota is asked.
public record CopyCommand(MailboxId from, UidSet uids, MailboxId to, Sources sources)
        implements LaneCommand<Outcome<Copied>> {

    /// What becomes of the messages that are copied.
    public enum Sources {
        STAY,
        GO
    }

    public CopyCommand {
        if (!from.account().equals(to.account())) {
            throw new IllegalArgumentException("mailboxes of two accounts");
        }
    }

    @Override
    public Set<Integer> accounts() {
        return Set.of(from.account().value());
    }

    @Override
    public Outcome<Copied> plan(GroupPlan plan) throws SQLException {
        var account = plan.account(from.account().value());
        var source = account.flatMap(ledger -> ledger.mailbox(from));
        var target = account.flatMap(ledger -> ledger.mailbox(to));
        if (account.isEmpty() || source.isEmpty() || target.isEmpty()) {
            return new Outcome.Refused<>(Refusal.NO_SUCH_MAILBOX);
        }
        var ledger = account.get();
        var uidValidity = AccountLedger.uidValidity(target.get());
        var copy = new MessageCopy(plan, ledger, source.get(), uids);
        if (copy.count() == 0) {
            return new Outcome.Done<>(new Copied(uidValidity, UidSet.EMPTY, UidSet.EMPTY));
        }
        if (!copy.fits(target.get())) {
            return new Outcome.Refused<>(Refusal.LIMIT);
        }
        if (sources == Sources.STAY && !ledger.hasRoom(copy.octets(), copy.count())) {
            return new Outcome.Refused<>(Refusal.OVER_QUOTA);
        }
        ledger.step();
        var targets = copy.into(target.get());
        if (sources == Sources.GO) {
            ledger.expunge(from.number(), Origin.MOVE, copy.sources());
        }
        return new Outcome.Done<>(new Copied(uidValidity, copy.sources(), targets));
    }
}
