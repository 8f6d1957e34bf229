package org.postrider.storage.jdbc.retention;

import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.postrider.storage.jdbc.account.AccountState;
import org.postrider.storage.jdbc.account.Change;
import org.postrider.storage.jdbc.account.MessageRow;
import org.postrider.storage.jdbc.database.Readers;
import org.postrider.storage.jdbc.group.GroupPlan;
import org.postrider.storage.jdbc.group.GroupRows;
import org.postrider.storage.jdbc.group.LaneCommand;
import org.postrider.storage.jdbc.lane.Lanes;
import org.postrider.storage.jdbc.view.AccountLoader;

/// Forgets to which thread identifiers belong, once no message of the thread is left, expunged ones
/// that are still kept among them.
///
/// The messages of an account are looked at beside the lane; the lane looks at those that came
/// since. It must not be run before every message has the thread that it can have (`MetaRenewal`).
final class ThreadPurge {

    /// Rows that are read together.
    private static final int PAGE = 8_192;

    /// Identifiers in one transaction.
    private static final int STEP = 1_000;

    private record Ref(long ref, long thread) {}

    private final Lanes lanes;
    private final Readers readers;

    ThreadPurge(Lanes lanes, Readers readers) {
        this.lanes = lanes;
        this.readers = readers;
    }

    void run(int account) {
        long seen = lanes.state(account).map(AccountState::modSeq).orElse(0L);
        var living = living(account);
        long last = Long.MIN_VALUE;
        List<Ref> page;
        do {
            page = refs(account, last);
            var dead = new HashMap<Long, Long>();
            for (var each : page) {
                last = each.ref();
                if (Arrays.binarySearch(living, each.thread()) < 0) {
                    dead.put(each.ref(), each.thread());
                }
            }
            if (!dead.isEmpty()) {
                lanes.call(new Forget(account, seen, dead));
            }
        } while (page.size() == STEP);
    }

    private List<Ref> refs(int account, long after) {
        return readers.ask(session ->
                session.query(
                        """
                        select ref, thread_id
                        from thread_ref
                        where account_id = ? and ref > ?
                        order by ref
                        limit ?
                        """,
                        row -> new Ref(row.getLong(1), row.getLong(2)),
                        account,
                        after,
                        STEP));
    }

    /// The threads of all messages, sorted.
    private long[] living(int account) {
        var threads = new long[PAGE];
        int count = 0;
        var mailboxes =
                readers.ask(session ->
                        session.query(
                                "select mailbox_id from mailbox where account_id = ?",
                                row -> row.getInt(1),
                                account));
        for (int mailbox : mailboxes) {
            long last = 0;
            List<long[]> page;
            do {
                page = threads(account, mailbox, last);
                threads = Arrays.copyOf(threads, Math.max(threads.length, 2 * (count + PAGE)));
                for (var each : page) {
                    last = each[0];
                    threads[count++] = each[1];
                }
            } while (page.size() == PAGE);
        }
        var sorted = Arrays.copyOf(threads, count);
        Arrays.sort(sorted);
        return sorted;
    }

    /// UIDs and threads of the next messages.
    private List<long[]> threads(int account, int mailbox, long after) {
        return readers.ask(session ->
                session.query(
                        """
                        select uid, thread_id
                        from message_meta
                        where account_id = ? and mailbox_id = ? and uid > ?
                        order by account_id, mailbox_id, uid
                        limit ?
                        """,
                        row -> new long[] {row.getLong(1), row.getLong(2)},
                        account,
                        mailbox,
                        after,
                        PAGE));
    }

    /// @param seen the MODSEQ of the account before its messages were looked at
    /// @param refs identifiers, and the threads that had no message
    private record Forget(int account, long seen, Map<Long, Long> refs)
            implements LaneCommand<Integer> {

        @Override
        public Set<Integer> accounts() {
            return Set.of(account);
        }

        @Override
        public Integer plan(GroupPlan plan) throws SQLException {
            var loader = new AccountLoader(plan.session());
            if (plan.account(account).isEmpty() || loader.logFloor(account) > seen) {
                return 0;
            }
            var used = new HashSet<Long>();
            plan.rows().metas.forEach(meta -> used.add(meta.thread()));
            for (var logged : loader.changesAfter(account, seen)) {
                if (logged.change() instanceof Change.Added(int mailbox, var messages)) {
                    used.addAll(threads(plan, mailbox, messages));
                }
            }
            var dead = new HashSet<GroupRows.ThreadRef>();
            refs.forEach((ref, thread) -> {
                if (!used.contains(thread)) {
                    dead.add(new GroupRows.ThreadRef(account, ref));
                }
            });
            plan.threads().forget(dead);
            return dead.size();
        }

        private List<Long> threads(GroupPlan plan, int mailbox, List<MessageRow> messages)
                throws SQLException {
            return plan.session()
                    .query(
                            """
                            select distinct thread_id
                            from message_meta
                            where account_id = ? and mailbox_id = ? and uid between ? and ?
                            """,
                            row -> row.getLong(1),
                            account,
                            mailbox,
                            messages.getFirst().uid(),
                            messages.getLast().uid());
        }
    }
}
