package org.postrider.storage.jdbc.group;

import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import org.postrider.storage.blob.StagedBody;

/// A mutation, or a question that only the lane can answer. It is planned in memory under the locks
/// of its accounts and may be planned again when its group fails, so planning changes nothing but
/// the plan, and refuses before it changes that.
public interface LaneCommand<T> {

    /// The accounts whose rows are locked for it.
    Set<Integer> accounts();

    T plan(GroupPlan plan) throws SQLException;

    /// The messages it brings, for each account that may get them.
    default List<Threads.Newcomer> newcomers() {
        return List.of();
    }

    /// The bodies it brings.
    default List<StagedBody> bodies() {
        return List.of();
    }
}
