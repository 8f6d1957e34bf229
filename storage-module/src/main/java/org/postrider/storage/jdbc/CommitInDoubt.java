package org.postrider.storage.jdbc;

import java.io.Serial;

/// The connection went away while a group was being committed: it may have been, or not.
final class CommitInDoubt extends Exception {

    @Serial private static final long serialVersionUID = 1L;

    private final transient GroupCommit group;

    CommitInDoubt(GroupCommit group, Throwable cause) {
        super("the answer to a commit was lost", cause);
        this.group = group;
    }

    GroupCommit group() {
        return group;
    }
}
