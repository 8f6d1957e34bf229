package org.postrider.storage.jdbc;

import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.postrider.storage.blob.StagedBody;
import org.postrider.storage.jdbc.group.GroupPlan;
import org.postrider.storage.jdbc.group.LaneCommand;
import org.postrider.storage.jdbc.group.Threads;

/// Two commands that surely share their transaction, as any two may.
///
/// @param second gives the answer
record InOneTransaction<T>(LaneCommand<?> first, LaneCommand<T> second) implements LaneCommand<T> {

    @Override
    public Set<Integer> accounts() {
        var accounts = new HashSet<>(first.accounts());
        accounts.addAll(second.accounts());
        return accounts;
    }

    @Override
    public T plan(GroupPlan plan) throws SQLException {
        first.plan(plan);
        return second.plan(plan);
    }

    @Override
    public List<Threads.Newcomer> newcomers() {
        return Stream.of(first, second).flatMap(each -> each.newcomers().stream()).toList();
    }

    @Override
    public List<StagedBody> bodies() {
        return Stream.of(first, second).flatMap(each -> each.bodies().stream()).toList();
    }
}
