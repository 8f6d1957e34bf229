package org.postrider.storage.jdbc.retention;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.postrider.storage.jdbc.account.AccountState;
import org.postrider.storage.jdbc.account.Change;
import org.postrider.storage.jdbc.account.KeywordBits;
import org.postrider.storage.jdbc.account.LogReading;
import org.postrider.storage.jdbc.database.Readers;
import org.postrider.storage.jdbc.database.Session;
import org.postrider.storage.jdbc.group.GroupPlan;
import org.postrider.storage.jdbc.group.LaneCommand;
import org.postrider.storage.jdbc.lane.Lanes;
import org.postrider.storage.jdbc.view.PageCodec;

/// Forgets sets of keywords that nothing names any more: no message, no tombstone, no packed view,
/// no record of the log. It is looked for beside the lane, which forgets them if the account has
/// not changed since; else it is tried after the next cut of its log.
final class KeywordSetPurge {

    private final Lanes lanes;
    private final Readers readers;

    KeywordSetPurge(Lanes lanes, Readers readers) {
        this.lanes = lanes;
        this.readers = readers;
    }

    void run(int account) {
        long version = lanes.state(account).map(AccountState::version).orElse(0L);
        var unused = readers.ask(session -> new Look(session, account).unused());
        if (!unused.isEmpty()) {
            lanes.call(new Forget(account, version, unused));
        }
    }

    /// A look at all that may name a set.
    private record Look(Session session, int account, Map<Integer, TreeSet<Integer>> sets) {

        Look(Session session, int account) {
            this(session, account, new TreeMap<>());
        }

        /// The sets that nothing names, by mailbox; never the one with the highest number, which is
        /// not given again.
        Map<Integer, Set<Integer>> unused() throws SQLException {
            session.forEach(
                    "select distinct mailbox_id, set_id from keyword_set where account_id = ?",
                    row ->
                            sets.computeIfAbsent(row.getInt(1), _ -> new TreeSet<>())
                                    .add(row.getInt(2)),
                    account);
            sets.values().removeIf(numbers -> numbers.size() < 2);
            sets.values().forEach(TreeSet::pollLast);
            if (sets.isEmpty()) {
                return Map.of();
            }
            for (int mailbox : sets.keySet()) {
                rows(mailbox, "message");
                rows(mailbox, "expunged");
                pages(mailbox);
            }
            new LogReading(session).read(account, 0, (_, change) -> record(change));
            var unused = new HashMap<Integer, Set<Integer>>();
            sets.forEach((mailbox, numbers) -> {
                if (!numbers.isEmpty()) {
                    unused.put(mailbox, Set.copyOf(numbers));
                }
            });
            return unused;
        }

        private void rows(int mailbox, String table) throws SQLException {
            session.forEach(
                    """
                    select distinct flags
                    from %s
                    where account_id = ? and mailbox_id = ? and flags < 0
                    """
                            .formatted(table),
                    row -> names(mailbox, row.getLong(1)),
                    account,
                    mailbox);
        }

        private void pages(int mailbox) throws SQLException {
            session.forEach(
                    "select data from mailbox_page where account_id = ? and mailbox_id = ?",
                    row ->
                            PageCodec.decode(row.getBytes(1))
                                    .ifPresent(chunk -> {
                                        for (int at = 0; at < chunk.count; at++) {
                                            names(mailbox, chunk.mask(at));
                                        }
                                    }),
                    account,
                    mailbox);
        }

        private void record(Change change) {
            switch (change) {
                case Change.Added(int mailbox, var messages) ->
                        messages.forEach(each -> names(mailbox, each.flags()));
                case Change.Copied copied ->
                        copied.messages().forEach(each -> names(copied.mailbox(), each.flags()));
                case Change.FlagsSet(int mailbox, var groups) ->
                        groups.forEach(each -> names(mailbox, each.flags()));
                case Change.KeywordSetsMet met -> {
                    var unused = sets.getOrDefault(met.mailbox(), new TreeSet<>());
                    unused.subSet(met.first(), met.first() + met.sets().size()).clear();
                }
                case Change.Expunged _,
                        Change.Named _,
                        Change.Subscribed _,
                        Change.KeywordMet _,
                        Change.QuotaSet _ -> {}
            }
        }

        private void names(int mailbox, long mask) {
            var unused = sets.get(mailbox);
            if (mask < 0 && unused != null) {
                unused.remove(KeywordBits.setOf(mask));
            }
        }
    }

    private record Forget(int account, long version, Map<Integer, Set<Integer>> sets)
            implements LaneCommand<Boolean> {

        @Override
        public Set<Integer> accounts() {
            return Set.of(account);
        }

        @Override
        public Boolean plan(GroupPlan plan) {
            var ledger = plan.account(account);
            boolean same =
                    ledger.isPresent()
                            && ledger.get().durableVersion() == version
                            && !ledger.get().changed()
                            && !ledger.get().isBehind();
            if (same) {
                sets.forEach((mailbox, unused) -> {
                    if (ledger.get().mailbox(mailbox).isPresent()) {
                        ledger.get().forget(mailbox, unused);
                    }
                });
            }
            return same;
        }
    }
}
