package org.postrider.storage.jdbc.command;

import java.util.Set;
import org.postrider.storage.jdbc.group.GroupPlan;
import org.postrider.storage.jdbc.group.LaneCommand;

/// Has the lane look whether its database must be opened anew, as before every command.
public record Reopening() implements LaneCommand<Boolean> {

    @Override
    public Set<Integer> accounts() {
        return Set.of();
    }

    @Override
    public Boolean plan(GroupPlan plan) {
        return true;
    }
}
