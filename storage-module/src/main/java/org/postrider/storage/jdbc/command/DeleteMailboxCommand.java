package org.postrider.storage.jdbc.command;

import java.util.Set;
import org.postrider.storage.directory.AccountId;
import org.postrider.storage.jdbc.group.GroupPlan;
import org.postrider.storage.jdbc.group.LaneCommand;
import org.postrider.storage.mailbox.MailboxId;
import org.postrider.storage.mailbox.MailboxName;
import org.postrider.storage.mailbox.Outcome;
import org.postrider.storage.mailbox.Refusal;

/// Deletes a mailbox (RFC 9051 §6.3.5).
public record DeleteMailboxCommand(AccountId owner, MailboxName name)
        implements LaneCommand<Outcome<MailboxId>> {

    @Override
    public Set<Integer> accounts() {
        return Set.of(owner.value());
    }

    @Override
    public Outcome<MailboxId> plan(GroupPlan plan) {
        var account = plan.account(owner.value());
        var found = account.flatMap(ledger -> ledger.mailbox(name.value()));
        if (account.isEmpty() || found.isEmpty()) {
            return new Outcome.Refused<>(Refusal.NO_SUCH_MAILBOX);
        }
        if (name.isInbox()) {
            return new Outcome.Refused<>(Refusal.INBOX);
        }
        var ledger = account.get();
        if (!ledger.mailboxesBelow(name.value()).isEmpty()) {
            return new Outcome.Refused<>(Refusal.HAS_INFERIORS);
        }
        ledger.step();
        ledger.delete(found.get().number());
        return new Outcome.Done<>(found.get().id());
    }
}
