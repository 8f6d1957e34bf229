package org.postrider.storage.jdbc.command;

import java.sql.SQLException;
import java.util.Set;
import org.postrider.storage.jdbc.group.GroupPlan;
import org.postrider.storage.jdbc.group.GroupRows;
import org.postrider.storage.jdbc.group.LaneCommand;
import org.postrider.storage.mailbox.MailboxId;

/// What the lane does about \Recent (RFC 3501 §2.3.2).
public final class RecentCommands {

    private RecentCommands() {}

    /// Writes down from which UID on nobody was told. Nobody waits for it: when it is lost in a
    /// crash, some messages are recent twice.
    public record Keep(MailboxId mailbox, long from) implements LaneCommand<Boolean> {

        @Override
        public Set<Integer> accounts() {
            return Set.of(mailbox.account().value());
        }

        @Override
        public Boolean plan(GroupPlan plan) {
            var key = new GroupRows.BoxKey(mailbox.account().value(), mailbox.number());
            plan.rows().recent.merge(key, from, Math::max);
            return true;
        }
    }

    /// Counts the messages from a UID on.
    public record Count(MailboxId mailbox, long from) implements LaneCommand<Integer> {

        @Override
        public Set<Integer> accounts() {
            return Set.of(mailbox.account().value());
        }

        @Override
        public Integer plan(GroupPlan plan) throws SQLException {
            var account = plan.account(mailbox.account().value());
            var box = account.flatMap(ledger -> ledger.mailbox(mailbox));
            if (box.isPresent() && account.get().unwrittenBacklogs().has(mailbox.number())) {
                var view = account.get().view(box.get());
                return view.size() - view.firstFrom(from);
            }
            return plan.session()
                    .queryOne(
                            """
                            select count(*)
                            from message
                            where account_id = ? and mailbox_id = ? and uid >= ?
                            """,
                            row -> row.getInt(1),
                            mailbox.account().value(),
                            mailbox.number(),
                            from)
                    .orElse(0);
        }
    }
}
