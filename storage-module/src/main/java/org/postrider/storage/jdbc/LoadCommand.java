package org.postrider.storage.jdbc;

import java.sql.SQLException;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.postrider.storage.directory.AccountId;
import org.postrider.storage.mailbox.MailboxId;

/// Brings an account's state, and the view of one of its mailboxes, into memory. The result tells
/// whether what was asked for exists.
record LoadCommand(AccountId owner, OptionalInt mailbox) implements LaneCommand<Boolean> {

    static LoadCommand account(AccountId owner) {
        return new LoadCommand(owner, OptionalInt.empty());
    }

    static LoadCommand view(MailboxId mailbox) {
        return new LoadCommand(mailbox.account(), OptionalInt.of(mailbox.number()));
    }

    @Override
    public Set<Integer> accounts() {
        return Set.of(owner.value());
    }

    @Override
    public Boolean plan(GroupPlan plan) throws SQLException {
        var account = plan.account(owner.value());
        if (account.isEmpty() || mailbox.isEmpty()) {
            return account.isPresent();
        }
        Optional<MailboxState> state = account.get().mailbox(mailbox.getAsInt());
        if (state.isPresent()) {
            account.get().view(state.get());
        }
        return state.isPresent();
    }
}
