package org.postrider.storage.jdbc.command;

import java.sql.SQLException;
import java.util.OptionalLong;
import java.util.Set;
import org.postrider.storage.jdbc.group.GroupPlan;
import org.postrider.storage.jdbc.group.LaneCommand;
import org.postrider.storage.jdbc.view.Reflagging;
import org.postrider.storage.mailbox.FlagChange;
import org.postrider.storage.mailbox.FlagsStored;
import org.postrider.storage.mailbox.MailboxId;
import org.postrider.storage.mailbox.Outcome;
import org.postrider.storage.mailbox.Refusal;
import org.postrider.storage.mailbox.UidSet;

/// Changes the flags of messages (RFC 9051 §6.4.6, RFC 7162 §3.1.3).
public record StoreFlagsCommand(
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
        var words = new Keywords(box);
        var changes = new Reflagging(view, uids, unchangedSince, words.applying(change));
        if (!words.fit()) {
            return new Outcome.Refused<>(Refusal.LIMIT);
        }
        if (!changes.changed().isEmpty()) {
            ledger.step();
            words.meet(ledger, box);
            ledger.setFlags(box.number(), changes);
        }
        return new Outcome.Done<>(new FlagsStored(changes.changed(), changes.modified()));
    }
}
