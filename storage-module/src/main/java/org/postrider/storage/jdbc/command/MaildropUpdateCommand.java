package org.postrider.storage.jdbc.command;

import java.sql.SQLException;
import java.util.OptionalLong;
import java.util.Set;
import org.postrider.storage.jdbc.account.Change.Origin;
import org.postrider.storage.jdbc.account.KeywordBits;
import org.postrider.storage.jdbc.account.MailboxState;
import org.postrider.storage.jdbc.account.UidRanges;
import org.postrider.storage.jdbc.group.AccountLedger;
import org.postrider.storage.jdbc.group.GroupPlan;
import org.postrider.storage.jdbc.group.LaneCommand;
import org.postrider.storage.jdbc.view.Reflagging;
import org.postrider.storage.mailbox.MailboxId;
import org.postrider.storage.mailbox.Outcome;
import org.postrider.storage.mailbox.Refusal;
import org.postrider.storage.mailbox.UidSet;

/// The UPDATE state of a POP3 session (RFC 1939 §6): everything or nothing.
///
/// @param deleted expunged where they still live
/// @param retrieved marked \Seen where they still live and stay
public record MaildropUpdateCommand(MailboxId maildrop, UidSet deleted, UidSet retrieved)
        implements LaneCommand<Outcome<UidSet>> {

    @Override
    public Set<Integer> accounts() {
        return Set.of(maildrop.account().value());
    }

    @Override
    public Outcome<UidSet> plan(GroupPlan plan) throws SQLException {
        var account = plan.account(maildrop.account().value());
        var box = account.flatMap(ledger -> ledger.mailbox(maildrop));
        if (account.isEmpty() || box.isEmpty()) {
            return new Outcome.Refused<>(Refusal.NO_SUCH_MAILBOX);
        }
        return new Outcome.Done<>(update(account.get(), box.get()));
    }

    private UidSet update(AccountLedger ledger, MailboxState box) throws SQLException {
        var view = ledger.view(box);
        var going = new UidRanges();
        var kept = new UidRanges();
        view.forEach(
                deleted.plus(retrieved),
                index -> {
                    long uid = view.uid(index);
                    if (deleted.contains(uid)) {
                        going.add(uid);
                    } else {
                        kept.add(uid);
                    }
                });
        var gone = going.toSet();
        var seen =
                new Reflagging(
                        view, kept.toSet(), OptionalLong.empty(), mask -> mask | KeywordBits.SEEN);
        if (!seen.changed().isEmpty() || !gone.isEmpty()) {
            ledger.step();
        }
        if (!seen.changed().isEmpty()) {
            ledger.setFlags(box.number(), seen);
        }
        if (!gone.isEmpty()) {
            ledger.expunge(box.number(), Origin.POP3, gone);
        }
        return gone;
    }
}
