package org.postrider.storage.jdbc.command;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.postrider.storage.jdbc.group.GroupPlan;
import org.postrider.storage.jdbc.group.GroupRows;
import org.postrider.storage.jdbc.group.LaneCommand;
import org.postrider.storage.jdbc.group.LeaseRows;
import org.postrider.storage.mailbox.MailboxId;
import org.postrider.storage.mailbox.Outcome;
import org.postrider.storage.mailbox.Refusal;

/// The locks on maildrops (RFC 1939 §4). A lease that is lost, by a crash or because nobody made it
/// last longer, costs nothing: the UPDATE state asks for its epoch before it removes anything. So
/// leases are not forced to the disk, and each of these may be carried out twice.
public final class LeaseCommands {

    /// How long a lease lasts unless it is extended.
    public static final Duration LASTS = Duration.ofSeconds(15);

    private LeaseCommands() {}

    private static GroupRows.BoxKey key(MailboxId maildrop) {
        return new GroupRows.BoxKey(maildrop.account().value(), maildrop.number());
    }

    /// A lease as its holder knows it.
    public record Held(MailboxId maildrop, long epoch) {

        /// Whether it is still the holder's. An expired one is, until somebody else has it.
        boolean isKept(GroupPlan plan) throws SQLException {
            return plan.rows()
                    .leases
                    .find(plan.session(), key(maildrop))
                    .filter(lease -> lease.epoch() == epoch && lease.holder() != null)
                    .isPresent();
        }

        /// Gives it back, as part of a command.
        void giveBack(GroupPlan plan) {
            plan.rows().leases.put(new LeaseRows.Lease(key(maildrop), epoch, null, 0), false);
        }
    }

    /// Takes a maildrop.
    ///
    /// @param holder differs from that of every other lease
    public record Acquire(MailboxId maildrop, String holder) implements LaneCommand<Outcome<Held>> {

        @Override
        public Set<Integer> accounts() {
            return Set.of(maildrop.account().value());
        }

        @Override
        public Outcome<Held> plan(GroupPlan plan) throws SQLException {
            var box =
                    plan.account(maildrop.account().value())
                            .flatMap(ledger -> ledger.mailbox(maildrop));
            if (box.isEmpty()) {
                return new Outcome.Refused<>(Refusal.NO_SUCH_MAILBOX);
            }
            var known = plan.rows().leases.find(plan.session(), key(maildrop));
            long epoch = known.map(LeaseRows.Lease::epoch).orElse(0L);
            if (known.isPresent() && known.get().isHeld(plan.now())) {
                return holder.equals(known.get().holder())
                        ? new Outcome.Done<>(new Held(maildrop, epoch))
                        : new Outcome.Refused<>(Refusal.IN_USE);
            }
            long until = plan.now() + LASTS.toMillis();
            var lease = new LeaseRows.Lease(key(maildrop), epoch + 1, holder, until);
            plan.rows().leases.put(lease, known.isEmpty());
            return new Outcome.Done<>(new Held(maildrop, epoch + 1));
        }
    }

    /// Gives a maildrop back.
    public record Release(Held lease) implements LaneCommand<Boolean> {

        @Override
        public Set<Integer> accounts() {
            return Set.of(lease.maildrop().account().value());
        }

        @Override
        public Boolean plan(GroupPlan plan) throws SQLException {
            boolean kept = lease.isKept(plan);
            if (kept) {
                lease.giveBack(plan);
            }
            return kept;
        }
    }

    /// The heartbeat of all open maildrops.
    public record Extend(List<Held> leases) implements LaneCommand<Integer> {

        public Extend {
            leases = List.copyOf(leases);
        }

        @Override
        public Set<Integer> accounts() {
            return Set.of();
        }

        @Override
        public Integer plan(GroupPlan plan) {
            long until = plan.now() + LASTS.toMillis();
            for (var lease : leases) {
                plan.rows()
                        .leases
                        .extend(
                                new LeaseRows.Lease(
                                        key(lease.maildrop()), lease.epoch(), null, until));
            }
            return leases.size();
        }
    }

    /// Takes back what an earlier life of this process has left, at start: one process at a time
    /// writes a database, so every lease there is, is of an earlier life.
    public record DropEarlier() implements LaneCommand<Boolean> {

        @Override
        public Set<Integer> accounts() {
            return Set.of();
        }

        @Override
        public Boolean plan(GroupPlan plan) throws SQLException {
            boolean some =
                    plan.session()
                            .queryOne(
                                    "select 1 from maildrop_lease where holder is not null limit 1",
                                    row -> row.getInt(1))
                            .isPresent();
            if (some) {
                plan.rows().leases.drop();
            }
            return some;
        }
    }
}
