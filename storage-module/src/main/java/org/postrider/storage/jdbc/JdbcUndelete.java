package org.postrider.storage.jdbc;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.postrider.storage.directory.AccountId;
import org.postrider.storage.jdbc.account.AccountState;
import org.postrider.storage.jdbc.account.ColumnCodes;
import org.postrider.storage.jdbc.database.Readers;
import org.postrider.storage.jdbc.database.Session;
import org.postrider.storage.jdbc.lane.Lanes;
import org.postrider.storage.jdbc.retention.Retention;
import org.postrider.storage.jdbc.retention.UndeleteCommand;
import org.postrider.storage.mailbox.MailboxId;
import org.postrider.storage.mailbox.MailboxName;
import org.postrider.storage.mailbox.Outcome;
import org.postrider.storage.mailbox.Refusal;
import org.postrider.storage.mailbox.Uid;
import org.postrider.storage.mailbox.UidSet;
import org.postrider.storage.mailbox.Undelete;

/// What can be brought back, from the rows of `expunged`. What a reader finds there only says which
/// messages to ask the lane for.
final class JdbcUndelete implements Undelete {

    private final Lanes lanes;
    private final Readers readers;
    private final Retention retention;

    JdbcUndelete(Lanes lanes, Readers readers, Retention retention) {
        this.lanes = lanes;
        this.readers = readers;
        this.retention = retention;
    }

    @Override
    public List<RemovedFrom> mailboxes(AccountId account) {
        retention.reap(account.value());
        return readers.ask(session ->
                session.query(
                        """
                        select m.mailbox_id, m.name, m.live_name is null, count(*), sum(e.size),
                               max(e.expunged_at)
                        from expunged e
                        join mailbox m
                            on m.account_id = e.account_id and m.mailbox_id = e.mailbox_id
                        where e.account_id = ? and e.origin <> 3
                        group by m.mailbox_id, m.name, m.live_name
                        order by m.name, m.mailbox_id
                        """,
                        row ->
                                new RemovedFrom(
                                        new MailboxId(account, row.getInt(1)),
                                        new MailboxName(row.getString(2)),
                                        row.getBoolean(3),
                                        row.getLong(4),
                                        row.getLong(5),
                                        Instant.ofEpochMilli(row.getLong(6))),
                        account.value()));
    }

    @Override
    public List<RemovedMessage> messages(MailboxId mailbox, long after, int most) {
        retention.reap(mailbox.account().value());
        return readers.ask(session ->
                session.query(
                        """
                        select uid, origin, expunged_at, purge_at, idate, size
                        from expunged
                        where account_id = ? and mailbox_id = ? and uid > ? and origin <> 3
                        order by uid
                        limit ?
                        """,
                        row ->
                                new RemovedMessage(
                                        new Uid(row.getLong(1)),
                                        ColumnCodes.removedBy(row.getInt(2)),
                                        Instant.ofEpochMilli(row.getLong(3)),
                                        Instant.ofEpochMilli(row.getLong(4)),
                                        Instant.ofEpochMilli(row.getLong(5)),
                                        row.getLong(6)),
                        mailbox.account().value(),
                        mailbox.number(),
                        after,
                        Math.min(most, AT_ONCE)));
    }

    @Override
    public Outcome<BroughtBack> bringBack(MailboxId from, UidSet uids, Destination to) {
        return new Bringing(from, to, Long.MIN_VALUE, Long.MAX_VALUE).bring(uids);
    }

    /// The row in `expunged` tells until when a message was there, the one in `message_meta` since
    /// when.
    @Override
    public Outcome<BroughtBack> bringBack(MailboxId from, Instant asOf, Destination to) {
        long moment = asOf.toEpochMilli();
        return new Bringing(from, to, moment, moment).bring(UidSet.range(1, Uid.MAX));
    }

    /// Messages on their way back, some at a time.
    private final class Bringing {

        private static final String THOSE =
                """
                from expunged e
                join message_meta m on m.account_id = e.account_id
                    and m.mailbox_id = e.mailbox_id and m.uid = e.uid
                where e.account_id = ? and e.mailbox_id = ? and e.uid > ? and e.uid <= ?
                    and e.origin <> 3 and e.expunged_at > ? and m.savedate <= ?
                """;

        private final MailboxId from;
        private final Destination to;
        private final long removedAfter;
        private final long savedUntil;
        private final List<Long> waiting = new ArrayList<>();
        private Optional<Outcome<BroughtBack>> outcome = Optional.empty();
        private boolean refused;

        Bringing(MailboxId from, Destination to, long removedAfter, long savedUntil) {
            this.from = from;
            this.to = to;
            this.removedAfter = removedAfter;
            this.savedUntil = savedUntil;
        }

        Outcome<BroughtBack> bring(UidSet uids) {
            retention.reap(from.account().value());
            if (!haveRoom(uids)) {
                return new Outcome.Refused<>(Refusal.OVER_QUOTA);
            }
            for (var range : uids.ranges()) {
                collect(range);
            }
            step();
            return outcome.orElseThrow();
        }

        /// The quota is read first: what somebody else brings back meanwhile is then counted as
        /// room that is left, which the lane decides again, and not twice.
        private boolean haveRoom(UidSet uids) {
            var quota = lanes.state(from.account().value()).map(AccountState::quota);
            long octets = 0;
            long messages = 0;
            for (var range : uids.ranges()) {
                var sum =
                        ask(
                                "select coalesce(sum(e.size), 0), count(*) " + THOSE,
                                row -> new long[] {row.getLong(1), row.getLong(2)},
                                range.first() - 1,
                                range.last());
                octets += sum.getFirst()[0];
                messages += sum.getFirst()[1];
            }
            return quota.isEmpty() || messages == 0 || quota.get().hasRoom(octets, messages);
        }

        private void collect(UidSet.Range range) {
            long after = range.first() - 1;
            while (true) {
                var some =
                        ask(
                                "select e.uid " + THOSE + " order by e.uid limit " + AT_ONCE,
                                row -> row.getLong(1),
                                after,
                                range.last());
                for (long uid : some) {
                    waiting.add(uid);
                    after = uid;
                    if (waiting.size() == AT_ONCE) {
                        step();
                    }
                }
                if (some.size() < AT_ONCE) {
                    return;
                }
            }
        }

        /// Brings back what waits, unless an earlier step was refused. The last step may have
        /// nothing: a mailbox that is gone is made all the same.
        private void step() {
            if (outcome.isPresent() && (waiting.isEmpty() || refused)) {
                return;
            }
            var step = lanes.call(new UndeleteCommand(from, waiting, to));
            waiting.clear();
            switch (step) {
                case Outcome.Refused<BroughtBack> no -> {
                    refused = true;
                    outcome = Optional.of(outcome.orElse(no));
                }
                case Outcome.Done(var more) ->
                        outcome = Optional.of(new Outcome.Done<>(joined(more)));
            }
        }

        private BroughtBack joined(BroughtBack more) {
            if (outcome.isPresent() && outcome.get() instanceof Outcome.Done(var before)) {
                return new BroughtBack(
                        more.mailbox(),
                        more.uidValidity(),
                        before.sources().plus(more.sources()),
                        before.targets().plus(more.targets()));
            }
            return more;
        }

        private <T> List<T> ask(String sql, Session.RowReader<T> reader, long after, long last) {
            return readers.ask(session ->
                    session.query(
                            sql,
                            reader,
                            from.account().value(),
                            from.number(),
                            after,
                            last,
                            removedAfter,
                            savedUntil));
        }
    }
}
