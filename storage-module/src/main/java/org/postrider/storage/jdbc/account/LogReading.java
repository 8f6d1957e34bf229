package org.postrider.storage.jdbc.account;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.postrider.storage.jdbc.database.Session;

/// Reads the change log of an account, some records at a time: H2 keeps all that a query finds in
/// memory.
public final class LogReading {

    /// Records of the log that are read at once; each may have 60 KB.
    private static final int RECORDS = 256;

    /// Takes the records of a log.
    public interface Records {
        void accept(LogPosition at, Change change);

        /// A record that is not to be understood.
        default void unreadable(LogPosition at, String why) {}
    }

    private record Entry(LogPosition at, int mailbox, int kind, byte[] data) {
        static Entry read(ResultSet row) throws SQLException {
            return new Entry(
                    new LogPosition(row.getLong(1), row.getInt(2)),
                    row.getInt(3),
                    row.getInt(4),
                    row.getBytes(5));
        }
    }

    private final Session session;

    public LogReading(Session session) {
        this.session = session;
    }

    /// Hands over the log of an account, from a MODSEQ on.
    public void read(int account, long from, Records records) throws SQLException {
        long modSeq = from;
        int seq = 0;
        List<Entry> page;
        do {
            page =
                    session.query(
                            """
                            select modseq, seq, mailbox_id, kind, data
                            from change_log
                            where account_id = ? and modseq >= ? and (modseq > ? or seq > ?)
                            order by modseq, seq
                            limit ?
                            """,
                            Entry::read,
                            account,
                            modSeq,
                            modSeq,
                            seq,
                            RECORDS);
            page.forEach(entry -> decode(entry, records));
            if (!page.isEmpty()) {
                modSeq = page.getLast().at().modSeq();
                seq = page.getLast().at().seq();
            }
        } while (page.size() == RECORDS);
    }

    private static void decode(Entry entry, Records records) {
        Change change;
        try {
            change = ChangeLogCodec.decode(entry.kind(), entry.mailbox(), entry.data());
        } catch (RuntimeException e) {
            records.unreadable(entry.at(), e.toString());
            return;
        }
        records.accept(entry.at(), change);
    }
}
