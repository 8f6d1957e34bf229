package org.postrider.storage.jdbc.command;

import java.util.Set;
import org.postrider.storage.directory.AccountId;
import org.postrider.storage.jdbc.group.GroupPlan;
import org.postrider.storage.jdbc.group.LaneCommand;
import org.postrider.storage.mailbox.MailboxEntry;
import org.postrider.storage.mailbox.MailboxName;
import org.postrider.storage.mailbox.Outcome;
import org.postrider.storage.mailbox.Refusal;
import org.postrider.storage.mailbox.SpecialUse;

/// Gives a mailbox another use, or none (RFC 6154 §3).
public record SpecialUseCommand(AccountId owner, MailboxName name, SpecialUse use)
        implements LaneCommand<Outcome<MailboxEntry>> {

    @Override
    public Set<Integer> accounts() {
        return Set.of(owner.value());
    }

    @Override
    public Outcome<MailboxEntry> plan(GroupPlan plan) {
        var account = plan.account(owner.value());
        var found = account.flatMap(ledger -> ledger.mailbox(name.value()));
        if (account.isEmpty() || found.isEmpty()) {
            return new Outcome.Refused<>(Refusal.NO_SUCH_MAILBOX);
        }
        var mailbox = found.get();
        if (mailbox.specialUse() == use) {
            return new Outcome.Done<>(mailbox.entry());
        }
        var ledger = account.get();
        ledger.step();
        return new Outcome.Done<>(ledger.use(mailbox.number(), use).entry());
    }
}
