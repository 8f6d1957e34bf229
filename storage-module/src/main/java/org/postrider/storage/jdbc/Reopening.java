package org.postrider.storage.jdbc;

import java.util.Set;

/// Has the lane look whether its database must be opened anew, as before every command.
record Reopening() implements LaneCommand<Boolean> {

    @Override
    public Set<Integer> accounts() {
        return Set.of();
    }

    @Override
    public Boolean plan(GroupPlan plan) {
        return true;
    }
}
