package org.postrider.storage.jdbc.lane;

import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import org.postrider.storage.jdbc.account.Varints;
import org.postrider.storage.jdbc.database.Batch;
import org.postrider.storage.jdbc.database.RowStatement;
import org.postrider.storage.jdbc.database.Session;
import org.postrider.storage.jdbc.group.AccountLedger;

/// A lane's rows in `feed`: one for each committed group, numbered without gaps. As one lane alone
/// writes a stream, the row tells whether a group was committed when the answer got lost.
final class FeedStream {

    private static final RowStatement GROUP =
            RowStatement.insert("feed", "stream_id int, n bigint, at bigint, data bytea");

    private static final int KEPT = 1_024;
    private static final String DUPLICATE_KEY = "23505";

    private final int id;
    private long next;

    FeedStream(int id) {
        this.id = id;
    }

    /// Reads where the stream ends.
    void open(Session session) throws SQLException {
        next =
                session.queryOne(
                                        "select max(n) from feed where stream_id = ?",
                                        row -> row.getLong(1),
                                        id)
                                .orElse(0L)
                        + 1;
        session.rollback();
    }

    /// Adds the row of the group that is about to be committed.
    void add(Session session, Collection<AccountLedger> accounts, long now) throws SQLException {
        var data = new Varints.Out();
        for (var account : accounts) {
            if (account.changed()) {
                data.number(account.account()).number(account.after().modSeq());
            }
        }
        new Batch(session)
                .write(
                        GROUP,
                        List.of(data.octets()),
                        octets -> new Object[] {id, next, now, octets});
        if (next % KEPT == 0) {
            session.update("delete from feed where stream_id = ? and n <= ?", id, next - KEPT);
        }
    }

    void committed() {
        next++;
    }

    /// The number of the next group.
    long next() {
        return next;
    }

    /// Moves behind a group that a connection now gone has committed after all.
    void catchUp(Session session) throws SQLException {
        while (wasCommitted(session)) {
            next++;
        }
    }

    /// Whether the group with the next number was committed by a connection that is gone. If that
    /// connection's transaction still hangs, this waits for its end.
    private boolean wasCommitted(Session session) throws SQLException {
        try {
            session.update(GROUP.each(), id, next, 0L, new byte[0]);
            session.rollback();
            return false;
        } catch (SQLException e) {
            session.rollback();
            if (DUPLICATE_KEY.equals(e.getSQLState())) {
                return true;
            }
            throw e;
        }
    }
}
