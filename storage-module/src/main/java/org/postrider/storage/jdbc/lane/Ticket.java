package org.postrider.storage.jdbc.lane;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.postrider.storage.jdbc.database.Answer;
import org.postrider.storage.jdbc.group.GroupPlan;
import org.postrider.storage.jdbc.group.LaneCommand;

/// A command on its way through the lane, and who waits for it.
final class Ticket<T> {

    private final LaneCommand<T> command;
    private final Answer<T> answer = new Answer<>();
    private @Nullable T planned;

    Ticket(LaneCommand<T> command) {
        this.command = command;
    }

    LaneCommand<T> command() {
        return command;
    }

    /// Computes the result; the caller is not told before [#complete].
    void plan(GroupPlan plan) throws SQLException {
        planned = command.plan(plan);
    }

    void complete() {
        if (planned == null) {
            throw new IllegalStateException("completed before it was planned");
        }
        answer.say(planned);
    }

    void fail(Throwable cause) {
        answer.fail(cause);
    }

    T result() {
        return answer.await();
    }
}
