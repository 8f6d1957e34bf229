package org.postrider.storage.jdbc.lane;

import java.io.Serial;
import java.sql.SQLException;

/// The connection went away while a group was being committed: it may have been, or not.
final class CommitInDoubt extends Exception {

    @Serial private static final long serialVersionUID = 1L;

    private final transient GroupCommit group;
    private final long number;
    private final SQLException failure;

    /// @param number of the group in the lane's feed
    CommitInDoubt(GroupCommit group, long number, SQLException cause) {
        super("the answer to a commit was lost", cause);
        this.group = group;
        this.number = number;
        this.failure = cause;
    }

    long number() {
        return number;
    }

    /// Why it is in doubt.
    SQLException failure() {
        return failure;
    }

    GroupCommit group() {
        return group;
    }
}
