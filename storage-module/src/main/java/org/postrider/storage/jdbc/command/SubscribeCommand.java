package org.postrider.storage.jdbc.command;

import java.util.Set;
import org.postrider.storage.directory.AccountId;
import org.postrider.storage.jdbc.group.GroupPlan;
import org.postrider.storage.jdbc.group.LaneCommand;
import org.postrider.storage.mailbox.MailboxName;

/// Changes an account's subscriptions (RFC 9051 §6.3.7, §6.3.8). The result tells whether anything
/// changed.
public record SubscribeCommand(AccountId owner, MailboxName name, boolean subscribe)
        implements LaneCommand<Boolean> {

    @Override
    public Set<Integer> accounts() {
        return Set.of(owner.value());
    }

    @Override
    public Boolean plan(GroupPlan plan) {
        var account = plan.account(owner.value());
        if (account.isEmpty() || account.get().subscribed(name.value()) == subscribe) {
            return false;
        }
        account.get().step();
        account.get().subscribe(name.value(), subscribe);
        return true;
    }
}
