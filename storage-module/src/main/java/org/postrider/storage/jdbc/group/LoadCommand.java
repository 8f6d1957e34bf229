package org.postrider.storage.jdbc.group;

import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import org.postrider.storage.directory.AccountId;
import org.postrider.storage.jdbc.view.ViewReading;
import org.postrider.storage.mailbox.MailboxId;

/// Bring what is asked for into memory. The result tells whether it exists.
public sealed interface LoadCommand extends LaneCommand<Boolean> {

    /// An account's state.
    record LoadAccount(AccountId owner) implements LoadCommand {

        @Override
        public Set<Integer> accounts() {
            return Set.of(owner.value());
        }

        @Override
        public Boolean plan(GroupPlan plan) {
            return plan.account(owner.value()).isPresent();
        }
    }

    /// The view of a mailbox.
    ///
    /// @param read the view as it was read beside the lane, if it was
    record LoadView(MailboxId mailbox, Optional<ViewReading.Read> read) implements LoadCommand {

        @Override
        public Set<Integer> accounts() {
            return Set.of(mailbox.account().value());
        }

        @Override
        public Boolean plan(GroupPlan plan) throws SQLException {
            var account = plan.account(mailbox.account().value());
            var state = account.flatMap(ledger -> ledger.mailbox(mailbox));
            if (account.isEmpty() || state.isEmpty()) {
                return false;
            }
            if (read.isPresent()) {
                account.get().adopt(mailbox.number(), read.get().view(), read.get().modSeq());
            }
            account.get().view(state.get());
            return true;
        }
    }
}
