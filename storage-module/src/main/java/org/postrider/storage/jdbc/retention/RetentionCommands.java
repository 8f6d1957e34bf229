package org.postrider.storage.jdbc.retention;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.postrider.storage.jdbc.account.MessageKey;
import org.postrider.storage.jdbc.account.MessageRow;
import org.postrider.storage.jdbc.group.GroupPlan;
import org.postrider.storage.jdbc.group.GroupRows;
import org.postrider.storage.jdbc.group.LaneCommand;
import org.postrider.storage.jdbc.group.RetentionRows;

/// The steps in which what is gone goes for good. Each takes at most [#STEP] messages or records,
/// so that the commands of clients do not wait long behind it.
public final class RetentionCommands {

    static final int STEP = 1_000;

    private RetentionCommands() {}

    /// Whether rows of the account are still to follow its log: until then a row may be needed by a
    /// record that is not applied.
    private static boolean behind(GroupPlan plan, int account) throws SQLException {
        return plan.session()
                .queryOne(
                        """
                        select 1
                        from mailbox_state
                        where account_id = ?
                            and (applied_modseq < highest_modseq or applied_seq < 32767)
                        limit 1
                        """,
                        row -> row.getInt(1),
                        account)
                .isPresent();
    }

    /// Takes tombstones away that are due, and bodies that nothing else names.
    ///
    /// @param candidates tombstones that may be due
    public record Purge(int account, List<MessageKey> candidates) implements LaneCommand<Integer> {

        public Purge {
            candidates = List.copyOf(candidates);
        }

        @Override
        public Set<Integer> accounts() {
            return Set.of(account);
        }

        /// @return how many went
        @Override
        public Integer plan(GroupPlan plan) throws SQLException {
            if (plan.account(account).isEmpty() || behind(plan, account)) {
                return 0;
            }
            var boxes = new TreeMap<Integer, List<Long>>();
            for (var key : candidates) {
                boxes.computeIfAbsent(key.mailbox(), _ -> new ArrayList<>()).add(key.uid());
            }
            int gone = 0;
            for (var box : boxes.entrySet()) {
                gone += purge(plan, box.getKey(), box.getValue());
            }
            return gone;
        }

        private int purge(GroupPlan plan, int mailbox, List<Long> uids) throws SQLException {
            int[] gone = {0};
            plan.session()
                    .forEach(
                            """
                            select e.uid, m.body_id
                            from unnest(?) as k(uid)
                            join expunged e
                                on e.account_id = ? and e.mailbox_id = ? and e.uid = k.uid
                            join message_meta m on m.account_id = e.account_id
                                and m.mailbox_id = e.mailbox_id and m.uid = e.uid
                            where e.purge_at <= ? and e.modseq <= ?
                            """,
                            row -> {
                                var key = new MessageKey(account, mailbox, row.getLong(1));
                                var body = new GroupRows.BodyKey(account, row.getLong(2));
                                if (plan.rows().retention.purged.put(key, body) == null) {
                                    plan.rows().bodyRefs.merge(body, -1, Integer::sum);
                                    gone[0]++;
                                }
                            },
                            plan.session().array("bigint", uids.toArray()),
                            account,
                            mailbox,
                            plan.now(),
                            plan.shownSince(account, mailbox));
            return gone[0];
        }
    }

    /// Makes of the messages of a deleted mailbox what can be brought back for a while.
    public record Reap(int account) implements LaneCommand<Boolean> {

        private record Deleted(int mailbox, long modSeq, long at) {}

        @Override
        public Set<Integer> accounts() {
            return Set.of(account);
        }

        /// @return whether there may be more
        @Override
        public Boolean plan(GroupPlan plan) throws SQLException {
            if (plan.account(account).isEmpty()) {
                return false;
            }
            if (behind(plan, account)) {
                return true;
            }
            var found = deleted(plan);
            if (found.isEmpty()) {
                return false;
            }
            var box = found.getFirst();
            var rows = plan.rows().retention;
            if (rows.reapedBoxes.add(new GroupRows.BoxKey(account, box.mailbox()))) {
                plan.session()
                        .forEach(
                                """
                                select uid, flags, size, idate
                                from message
                                where account_id = ? and mailbox_id = ?
                                order by uid
                                limit ?
                                """,
                                row -> rows.reaped.add(reaped(box, row)),
                                account,
                                box.mailbox(),
                                STEP);
            }
            return true;
        }

        private RetentionRows.Reaped reaped(Deleted box, java.sql.ResultSet row)
                throws SQLException {
            var message =
                    new MessageRow(row.getLong(1), row.getLong(2), row.getInt(3), row.getLong(4));
            return new RetentionRows.Reaped(
                    new MessageKey(account, box.mailbox(), message.uid()),
                    box.modSeq(),
                    message,
                    box.at());
        }

        /// A deleted mailbox that still has messages.
        private List<Deleted> deleted(GroupPlan plan) throws SQLException {
            return plan.session()
                    .query(
                            """
                            select m.mailbox_id, m.deleted_modseq, max(l.at)
                            from mailbox m
                            join mailbox_state s
                                on s.account_id = m.account_id and s.mailbox_id = m.mailbox_id
                            left join change_log l
                                on l.account_id = m.account_id and l.modseq = m.deleted_modseq
                            where m.account_id = ? and m.live_name is null and s.total > 0
                            group by m.mailbox_id, m.deleted_modseq
                            order by m.mailbox_id
                            limit 1
                            """,
                            row -> {
                                long at = row.getLong(3);
                                return new Deleted(
                                        row.getInt(1),
                                        row.getLong(2),
                                        row.wasNull() ? plan.now() : at);
                            },
                            account);
        }
    }

    /// Takes the oldest records of an account's change log away.
    ///
    /// @param before records from then on stay, unless they are too many
    /// @param steps so many steps of the MODSEQ stay at most
    public record CutLog(int account, long before, long steps) implements LaneCommand<Boolean> {

        /// Deleted mailboxes of which nothing is left but their names.
        private static final String NAMELESS =
                """
                select m.mailbox_id
                from mailbox m
                where m.account_id = ? and m.live_name is null and m.deleted_modseq <= ?
                    and not exists (
                        select 1 from message x where x.account_id = m.account_id
                            and x.mailbox_id = m.mailbox_id)
                    and not exists (
                        select 1 from expunged x where x.account_id = m.account_id
                            and x.mailbox_id = m.mailbox_id)
                """;

        private record Noted(long modSeq, long at) {}

        @Override
        public Set<Integer> accounts() {
            return Set.of(account);
        }

        /// @return whether there may be more
        @Override
        public Boolean plan(GroupPlan plan) throws SQLException {
            var ledger = plan.account(account);
            var rows = plan.rows().retention;
            if (ledger.isEmpty() || rows.cuts.containsKey(account) || behind(plan, account)) {
                return false;
            }
            var oldest = oldest(plan);
            long floor = floor(oldest, ledger.get().modSeq() - steps);
            if (floor > 0) {
                rows.cuts.put(
                        account,
                        new RetentionRows.LogCut(
                                account, floor, expunges(plan, floor), nameless(plan, floor)));
            }
            return floor > 0 && oldest.size() > STEP;
        }

        private List<Noted> oldest(GroupPlan plan) throws SQLException {
            return plan.session()
                    .query(
                            """
                            select modseq, at
                            from change_log
                            where account_id = ?
                            order by modseq, seq
                            limit ?
                            """,
                            row -> new Noted(row.getLong(1), row.getLong(2)),
                            account,
                            STEP + 1);
        }

        /// The last MODSEQ that goes, with all of its records; 0 when none does.
        private long floor(List<Noted> oldest, long tooMany) {
            long floor = 0;
            for (var record : oldest) {
                if (record.at() >= before && record.modSeq() > tooMany) {
                    return floor;
                }
                floor = record.modSeq();
            }
            boolean more = oldest.size() > STEP;
            return more ? wholeBefore(oldest) : floor;
        }

        /// The last MODSEQ of which all records are among these, which are not all there are; the
        /// first one as a whole, when it alone has so many.
        private static long wholeBefore(List<Noted> oldest) {
            long cut = oldest.getLast().modSeq();
            return oldest.stream()
                    .mapToLong(Noted::modSeq)
                    .filter(modSeq -> modSeq < cut)
                    .max()
                    .orElse(cut);
        }

        private Map<Integer, Long> expunges(GroupPlan plan, long floor) throws SQLException {
            var expunges = new HashMap<Integer, Long>();
            plan.session()
                    .forEach(
                            """
                            select mailbox_id, max(modseq)
                            from change_log
                            where account_id = ? and modseq <= ? and kind = 3
                            group by mailbox_id
                            """,
                            row -> expunges.put(row.getInt(1), row.getLong(2)),
                            account,
                            floor);
            return expunges;
        }

        private List<Integer> nameless(GroupPlan plan, long floor) throws SQLException {
            return plan.session().query(NAMELESS, row -> row.getInt(1), account, floor);
        }
    }
}
