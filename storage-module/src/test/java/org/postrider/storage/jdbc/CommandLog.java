package org.postrider.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import org.postrider.storage.blob.StagedBody;
import org.postrider.storage.jdbc.account.MessageKey;
import org.postrider.storage.jdbc.group.GroupPlan;
import org.postrider.storage.jdbc.group.LaneCommand;
import org.postrider.storage.jdbc.group.RetentionRows;
import org.postrider.storage.jdbc.group.Threads;
import org.postrider.storage.jdbc.lane.Lanes;
import org.postrider.storage.jdbc.retention.RetentionCommands;

/// Writes down what the lanes of a store carry out. A command is planned while its accounts are
/// locked until their transaction ends, so the order in which commands are planned is the one order
/// in which everybody must find that they happened.
final class CommandLog implements Lanes.Witness {

    /// A command that was carried out.
    ///
    /// @param order grows from one to the next
    /// @param now the time of its transaction
    /// @param modSeqs what its accounts have after it
    /// @param shown what sessions showed while it was planned
    /// @param away what retention took away with it
    record Entry(
            long order,
            LaneCommand<?> command,
            Object answer,
            long now,
            Map<Integer, Long> modSeqs,
            Windows.Period shown,
            Away away) {}

    /// What a command of retention took away.
    record Away(
            List<MessageKey> purged,
            List<RetentionRows.Reaped> reaped,
            Optional<RetentionRows.LogCut> cut) {

        static final Away NOTHING = new Away(List.of(), List.of(), Optional.empty());
    }

    private final AtomicLong planned = new AtomicLong();
    private final Queue<Shown<?>> shown = new ConcurrentLinkedQueue<>();
    private final Queue<LaneCommand<?>> again = new ConcurrentLinkedQueue<>();
    private final Windows windows;
    private final IntConsumer beforeCut;

    /// @param windows of all who use the store
    /// @param beforeCut told of an account before the beginning of its change log goes
    CommandLog(Windows windows, IntConsumer beforeCut) {
        this.windows = windows;
        this.beforeCut = beforeCut;
    }

    @Override
    public <T> LaneCommand<T> shown(LaneCommand<T> command) {
        var noting = new Shown<>(command);
        shown.add(noting);
        return noting;
    }

    /// What a store has carried out that is closed by now, in order; it is forgotten here.
    List<Entry> take() {
        assertThat(again).as("commands whose group failed at first").isEmpty();
        var entries = new ArrayList<Entry>();
        for (var each = shown.poll(); each != null; each = shown.poll()) {
            Optional.ofNullable(each.entry).ifPresent(entries::add);
        }
        entries.sort(Comparator.comparingLong(Entry::order));
        return entries;
    }

    /// A command that notes itself. When its group is planned once more, the last time counts.
    private final class Shown<T> implements LaneCommand<T> {
        private final LaneCommand<T> command;
        private volatile @Nullable Entry entry;

        Shown(LaneCommand<T> command) {
            this.command = command;
        }

        @Override
        public Set<Integer> accounts() {
            return command.accounts();
        }

        @Override
        public List<Threads.Newcomer> newcomers() {
            return command.newcomers();
        }

        @Override
        public List<StagedBody> bodies() {
            return command.bodies();
        }

        @Override
        public T plan(GroupPlan plan) throws SQLException {
            if (command instanceof RetentionCommands.CutLog(int account, _, _)) {
                beforeCut.accept(account);
            }
            var rows = plan.rows().retention;
            var purged = new LinkedHashSet<>(rows.purged.keySet());
            int reaped = rows.reaped.size();
            var before = windows.now();
            T answer = command.plan(plan);
            var shown = new Windows.Period(before, windows.now());
            if (entry != null) {
                again.add(command);
            }
            var modSeqs = new HashMap<Integer, Long>();
            for (int account : accounts()) {
                plan.account(account).ifPresent(each -> modSeqs.put(account, each.modSeq()));
            }
            var away = isRetention() ? away(rows, purged, reaped) : Away.NOTHING;
            entry =
                    new Entry(
                            planned.incrementAndGet(),
                            command,
                            answer,
                            plan.now(),
                            modSeqs,
                            shown,
                            away);
            return answer;
        }

        private boolean isRetention() {
            return command instanceof RetentionCommands.Purge
                    || command instanceof RetentionCommands.Reap
                    || command instanceof RetentionCommands.CutLog;
        }

        private Away away(RetentionRows rows, Set<MessageKey> purgedBefore, int reapedBefore) {
            var purged = new LinkedHashSet<>(rows.purged.keySet());
            purged.removeAll(purgedBefore);
            return new Away(
                    List.copyOf(purged),
                    List.copyOf(rows.reaped.subList(reapedBefore, rows.reaped.size())),
                    command instanceof RetentionCommands.CutLog(int account, _, _)
                            ? Optional.ofNullable(rows.cuts.get(account))
                            : Optional.empty());
        }
    }
}
