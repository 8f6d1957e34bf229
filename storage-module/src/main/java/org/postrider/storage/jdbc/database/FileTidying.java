package org.postrider.storage.jdbc.database;

import java.sql.SQLException;
import java.time.Duration;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.RandomAccessStore;

/// Keeps H2's file in proportion to what is in it. Each group is a chunk of the file, of which a
/// few pages stay valid for long and hold the room of all others. H2 copies such pages together in
/// a thread that also writes, and for 200 ms when it is closed; with one writer the lane does it:
/// some of it between groups, and the rest before its end.
final class FileTidying {

    /// Groups from one look to the next.
    private static final int GROUPS = 8;

    /// How much of the chunks must be valid while the file is used, in percent.
    private static final int BUSY = 50;

    /// How much of the chunks, and of the file, must be valid when it is closed, in percent.
    private static final int CLOSED = 90;

    /// Octets copied together in one step: what comes next to the lane waits for it.
    private static final int STEP = 1 << 20;

    /// The same when nobody waits.
    private static final int LAST_STEP = 16 << 20;

    /// How long the end may take: so long for copying together, and as long for closing gaps.
    private static final Duration AT_MOST = Duration.ofSeconds(2);

    private final long untidiedOctets;
    private int groups;

    /// @param untidiedOctets octets up to which a file is left as large as it is
    FileTidying(long untidiedOctets) {
        this.untidiedOctets = untidiedOctets;
    }

    /// To be called after each group.
    void between(Session session) throws SQLException {
        groups++;
        if (groups % GROUPS == 0) {
            var store = store(session);
            if (store.getFileStore().size() > untidiedOctets) {
                store.compact(BUSY, STEP);
            }
        }
    }

    /// Makes the file as small as it gets in some seconds, before it is closed.
    void atEnd(Session session) throws SQLException {
        var store = store(session);
        var file = (RandomAccessStore) store.getFileStore();
        if (file.size() <= untidiedOctets) {
            return;
        }
        store.setRetentionTime(0);
        long begin = System.nanoTime();
        while (isTimeLeft(begin) && store.compact(CLOSED, LAST_STEP)) {
            store.commit();
        }
        begin = System.nanoTime();
        long before = Long.MAX_VALUE;
        while (isTimeLeft(begin) && file.size() < before) {
            before = file.size();
            file.compactMoveChunks(CLOSED, LAST_STEP, store);
        }
    }

    private static boolean isTimeLeft(long begin) {
        return System.nanoTime() - begin < AT_MOST.toNanos();
    }

    private static MVStore store(Session session) throws SQLException {
        var h2 = session.connection().unwrap(JdbcConnection.class).getSession();
        return ((SessionLocal) h2).getDatabase().getStore().getMvStore();
    }
}
