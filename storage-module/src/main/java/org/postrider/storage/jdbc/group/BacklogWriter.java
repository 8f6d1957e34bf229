package org.postrider.storage.jdbc.group;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.postrider.storage.jdbc.account.Change;
import org.postrider.storage.jdbc.account.Change.Added;
import org.postrider.storage.jdbc.account.Change.Copied;
import org.postrider.storage.jdbc.account.Change.Expunged;
import org.postrider.storage.jdbc.account.Change.FlagsSet;
import org.postrider.storage.jdbc.account.LoggedChange;
import org.postrider.storage.jdbc.account.MessageRow;
import org.postrider.storage.jdbc.database.Batch;
import org.postrider.storage.jdbc.database.Session;
import org.postrider.storage.mailbox.UidSet;

/// Writes the rows of records that were only logged, record by record.
final class BacklogWriter {

    private final Session session;
    private final Batch batch;
    private final Duration undelete;

    BacklogWriter(Session session, Duration undelete) {
        this.session = session;
        this.batch = new Batch(session);
        this.undelete = undelete;
    }

    void write(List<GroupRows.Logged> records) throws SQLException {
        for (var each : records) {
            write(each.account(), each.change());
        }
    }

    private void write(int account, LoggedChange logged) throws SQLException {
        switch (logged.change()) {
            case Added(int mailbox, var messages) -> insert(account, mailbox, logged, messages);
            case Copied copied -> {
                insert(account, copied.mailbox(), logged, copied.messages());
                copyMetas(account, copied, logged.at());
                countBodies(account, copied);
            }
            case FlagsSet set -> flags(account, set, logged.modSeq());
            case Expunged expunged -> expunge(account, expunged, logged);
            case Change.Named _, Change.Subscribed _, Change.QuotaSet _ -> {}
            case Change.KeywordMet _, Change.KeywordSetsMet _ -> {}
        }
    }

    private void insert(int account, int mailbox, LoggedChange logged, List<MessageRow> messages)
            throws SQLException {
        batch.run(
                """
                insert into message (account_id, mailbox_id, uid, modseq, flags, size, idate)
                values (?, ?, ?, ?, ?, ?, ?)
                """,
                messages,
                (s, m) -> {
                    s.setInt(1, account);
                    s.setInt(2, mailbox);
                    s.setLong(3, m.uid());
                    s.setLong(4, logged.modSeq());
                    s.setLong(5, m.flags());
                    s.setInt(6, m.size());
                    s.setLong(7, m.date());
                });
    }

    /// Sources without gaps, and how much the UIDs of their copies are above theirs.
    private record Run(UidSet.Range sources, long shift) {}

    private void copyMetas(int account, Copied copied, long saved) throws SQLException {
        var runs = new ArrayList<Run>();
        long next = copied.messages().getFirst().uid();
        for (var range : copied.sources().ranges()) {
            runs.add(new Run(range, next - range.first()));
            next += range.size();
        }
        var counts =
                batch.counts(
                        """
                        insert into message_meta (account_id, mailbox_id, uid, body_id, savedate,
                            prefix, meta, thread_id)
                        select m.account_id, cast(? as int), m.uid + cast(? as bigint), m.body_id,
                            cast(? as bigint), m.prefix, m.meta, m.thread_id
                        from message_meta m
                        where m.account_id = ? and m.mailbox_id = ? and m.uid between ? and ?
                        """,
                        runs,
                        (s, run) -> {
                            s.setInt(1, copied.mailbox());
                            s.setLong(2, run.shift());
                            s.setLong(3, saved);
                            range(s, 4, account, copied.source(), run.sources());
                        });
        met(counts, copied.messages().size());
    }

    private void countBodies(int account, Copied copied) throws SQLException {
        var refs = new TreeMap<Long, Integer>();
        session.forEach(
                """
                select body_id
                from message_meta
                where account_id = ? and mailbox_id = ? and uid between ? and ?
                """,
                row -> refs.merge(row.getLong(1), 1, Integer::sum),
                account,
                copied.mailbox(),
                copied.messages().getFirst().uid(),
                copied.messages().getLast().uid());
        batch.runOnOne(
                "update body set refs = refs + ? where account_id = ? and body_id = ?",
                refs.entrySet(),
                (s, ref) -> {
                    s.setInt(1, ref.getValue());
                    s.setInt(2, account);
                    s.setLong(3, ref.getKey());
                });
    }

    private void flags(int account, FlagsSet set, long modSeq) throws SQLException {
        var ranges = new ArrayList<Map.Entry<Long, UidSet.Range>>();
        for (var group : set.groups()) {
            group.uids().ranges().forEach(range -> ranges.add(Map.entry(group.flags(), range)));
        }
        var counts =
                batch.counts(
                        """
                        update message
                        set flags = ?, modseq = ?
                        where account_id = ? and mailbox_id = ? and uid between ? and ?
                        """,
                        ranges,
                        (s, each) -> {
                            s.setLong(1, each.getKey());
                            s.setLong(2, modSeq);
                            range(s, 3, account, set.mailbox(), each.getValue());
                        });
        met(counts, set.groups().stream().mapToLong(group -> group.uids().size()).sum());
    }

    private void expunge(int account, Expunged expunged, LoggedChange logged) throws SQLException {
        var ranges = expunged.uids().ranges();
        var counts =
                batch.counts(
                        """
                        insert into expunged (account_id, mailbox_id, uid, modseq, flags, size,
                            idate, expunged_at, purge_at, origin)
                        select account_id, mailbox_id, uid, cast(? as bigint), flags, size,
                            idate, cast(? as bigint), cast(? as bigint), cast(? as smallint)
                        from message
                        where account_id = ? and mailbox_id = ? and uid between ? and ?
                        """,
                        ranges,
                        (s, range) -> {
                            s.setLong(1, logged.modSeq());
                            s.setLong(2, logged.at());
                            s.setLong(3, logged.at() + undelete.toMillis());
                            s.setInt(4, expunged.origin().number);
                            range(s, 5, account, expunged.mailbox(), range);
                        });
        met(counts, expunged.uids().size());
        batch.run(
                """
                delete from message
                where account_id = ? and mailbox_id = ? and uid between ? and ?
                """,
                ranges,
                (s, range) -> range(s, 1, account, expunged.mailbox(), range));
    }

    private static void range(
            PreparedStatement s, int from, int account, int mailbox, UidSet.Range range)
            throws SQLException {
        s.setInt(from, account);
        s.setInt(from + 1, mailbox);
        s.setLong(from + 2, range.first());
        s.setLong(from + 3, range.last());
    }

    /// Another number means that rows and log differ, and nothing may be committed.
    private static void met(long count, long wanted) {
        if (count != wanted) {
            throw new IllegalStateException("met " + count + " rows instead of " + wanted);
        }
    }
}
