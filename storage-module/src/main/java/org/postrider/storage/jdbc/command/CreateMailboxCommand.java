package org.postrider.storage.jdbc.command;

import java.util.Set;
import org.postrider.storage.directory.AccountId;
import org.postrider.storage.jdbc.group.AccountLedger;
import org.postrider.storage.jdbc.group.GroupPlan;
import org.postrider.storage.jdbc.group.LaneCommand;
import org.postrider.storage.mailbox.MailboxEntry;
import org.postrider.storage.mailbox.MailboxName;
import org.postrider.storage.mailbox.Outcome;
import org.postrider.storage.mailbox.Refusal;
import org.postrider.storage.mailbox.SpecialUse;

/// Creates a mailbox and those above it that are missing (RFC 9051 §6.3.4).
public record CreateMailboxCommand(AccountId owner, MailboxName name, SpecialUse use)
        implements LaneCommand<Outcome<MailboxEntry>> {

    @Override
    public Set<Integer> accounts() {
        return Set.of(owner.value());
    }

    @Override
    public Outcome<MailboxEntry> plan(GroupPlan plan) {
        var account = plan.account(owner.value());
        if (account.isEmpty()) {
            return new Outcome.Refused<>(Refusal.NO_SUCH_MAILBOX);
        }
        var ledger = account.get();
        if (name.isInbox()) {
            return new Outcome.Refused<>(Refusal.INBOX);
        }
        if (ledger.mailbox(name.value()).isPresent()) {
            return new Outcome.Refused<>(Refusal.ALREADY_EXISTS);
        }
        if (!ledger.hasMailboxNumbers(name.superiors().size() + 1)) {
            return new Outcome.Refused<>(Refusal.LIMIT);
        }
        ledger.step();
        superiors(ledger, name);
        return new Outcome.Done<>(ledger.create(name.value(), use).entry());
    }

    /// Creates what is missing above a name, as part of a command.
    public static void superiors(AccountLedger ledger, MailboxName name) {
        for (var superior : name.superiors()) {
            if (ledger.mailbox(superior.value()).isEmpty()) {
                ledger.create(superior.value(), SpecialUse.NONE);
            }
        }
    }
}
