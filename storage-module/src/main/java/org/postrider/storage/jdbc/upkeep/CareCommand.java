package org.postrider.storage.jdbc.upkeep;

import java.sql.SQLException;
import java.util.Set;
import org.postrider.storage.jdbc.group.GroupPlan;
import org.postrider.storage.jdbc.group.LaneCommand;

/// A step of the care for octets, on the first lane: no two of them at a time.
record CareCommand(Step step) implements LaneCommand<Integer> {

    /// Looks at the rows, and puts what is to be done among the group's.
    @FunctionalInterface
    interface Step {
        /// @return how much there was to do
        int plan(GroupPlan plan) throws SQLException;
    }

    @Override
    public Set<Integer> accounts() {
        return Set.of();
    }

    @Override
    public Integer plan(GroupPlan plan) throws SQLException {
        return step.plan(plan);
    }
}
