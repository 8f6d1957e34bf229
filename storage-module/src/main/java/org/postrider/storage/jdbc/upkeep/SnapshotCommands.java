package org.postrider.storage.jdbc.upkeep;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.postrider.storage.jdbc.group.GroupPlan;
import org.postrider.storage.jdbc.group.LaneCommand;
import org.postrider.storage.jdbc.group.SnapshotRows;
import org.postrider.storage.mailbox.MailboxId;

/// What the lane does for the pages of views. Pages are written once and never changed: a new
/// snapshot names those that are still right and those that were written for it, some at a time,
/// and drops the others.
final class SnapshotCommands {

    private SnapshotCommands() {}

    /// The pages that are there, unless the mailbox is not.
    record Existing(MailboxId mailbox) implements LaneCommand<Optional<List<Integer>>> {

        @Override
        public Set<Integer> accounts() {
            return Set.of(mailbox.account().value());
        }

        @Override
        public Optional<List<Integer>> plan(GroupPlan plan) throws SQLException {
            if (!lives(plan, mailbox)) {
                return Optional.empty();
            }
            return Optional.of(
                    plan.session()
                            .query(
                                    """
                                    select page
                                    from mailbox_page
                                    where account_id = ? and mailbox_id = ?
                                    """,
                                    row -> row.getInt(1),
                                    mailbox.account().value(),
                                    mailbox.number()));
        }
    }

    /// Writes some pages. The result tells whether the mailbox is still there.
    record Write(MailboxId mailbox, List<SnapshotRows.NewPage> pages)
            implements LaneCommand<Boolean> {

        @Override
        public Set<Integer> accounts() {
            return Set.of(mailbox.account().value());
        }

        @Override
        public Boolean plan(GroupPlan plan) {
            boolean lives = lives(plan, mailbox);
            if (lives) {
                plan.rows().pages.pages.addAll(pages);
            }
            return lives;
        }
    }

    /// Has readers use the pages that were written.
    record Publish(MailboxId mailbox, SnapshotRows.NewSnapshot snapshot)
            implements LaneCommand<Boolean> {

        @Override
        public Set<Integer> accounts() {
            return Set.of(mailbox.account().value());
        }

        @Override
        public Boolean plan(GroupPlan plan) {
            boolean lives = lives(plan, mailbox);
            if (lives) {
                plan.rows().pages.snapshots.add(snapshot);
            }
            return lives;
        }
    }

    private static boolean lives(GroupPlan plan, MailboxId mailbox) {
        return plan.account(mailbox.account().value())
                .flatMap(ledger -> ledger.mailbox(mailbox))
                .isPresent();
    }
}
