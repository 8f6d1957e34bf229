package org.postrider.storage.jdbc.check;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.postrider.storage.check.Place;
import org.postrider.storage.jdbc.account.LogPosition;
import org.postrider.storage.jdbc.account.MailboxFigures;
import org.postrider.storage.jdbc.account.MessageRow;
import org.postrider.storage.jdbc.database.Session;

/// Reads what a check looks at, some rows at a time: H2 keeps all that a query finds in memory.
final class CheckReading {

    private final Session session;

    CheckReading(Session session) {
        this.session = session;
    }

    /// The mailboxes of an account, deleted ones too, by number.
    Map<Integer, CheckedBox> boxes(int account, Place place) throws SQLException {
        var boxes = new HashMap<Integer, CheckedBox>();
        session.forEach(
                """
                select m.mailbox_id, m.name, m.live_name, m.uidvalidity, m.special_use,
                       m.created_modseq, m.deleted_modseq, s.uidnext, s.highest_modseq, s.applied_modseq,
                       s.applied_seq, s.expunge_floor, s.total, s.unseen, s.deleted, s.bytes
                from mailbox m
                join mailbox_state s on s.account_id = m.account_id and s.mailbox_id = m.mailbox_id
                where m.account_id = ?
                """,
                row -> boxes.put(row.getInt(1), new CheckedBox(place, box(row))),
                account);
        session.forEach(
                "select mailbox_id, bit, name from mailbox_keyword where account_id = ?",
                row -> {
                    var box = boxes.get(row.getInt(1));
                    if (box != null) {
                        box.keywords.put(row.getInt(2), row.getString(3));
                    }
                },
                account);
        session.forEach(
                "select mailbox_id, set_id, keyword from keyword_set where account_id = ?",
                row -> {
                    var box = boxes.get(row.getInt(1));
                    if (box != null) {
                        box.keywordSet(row.getInt(2)).add(row.getInt(3));
                    }
                },
                account);
        return boxes;
    }

    private static CheckedBox.Row box(ResultSet row) throws SQLException {
        return new CheckedBox.Row(
                row.getInt(1),
                row.getString(2),
                row.getString(3) != null,
                row.getLong(4),
                row.getInt(5),
                row.getLong(6),
                row.getLong(7),
                row.getLong(8),
                row.getLong(9),
                new LogPosition(row.getLong(10), row.getInt(11)),
                row.getLong(12),
                new MailboxFigures(
                        row.getLong(13), row.getLong(14), row.getLong(15), row.getLong(16)));
    }

    /// A part of a mailbox's UID space.
    record Block(int mailbox, long number) {}

    /// The blocks in which a table has rows of an account.
    List<Block> blocks(String table, int account) throws SQLException {
        return session.query(
                """
                select distinct mailbox_id, uid / %d
                from %s
                where account_id = ?
                """
                        .formatted(FoldWindow.BLOCK, table),
                row -> new Block(row.getInt(1), row.getLong(2)),
                account);
    }

    /// A row of `message`, or of `expunged`.
    record MessageState(long uid, long modSeq, MessageRow row) {}

    /// Rows of `message` or `expunged`, by UID.
    List<MessageState> messages(String table, int account, int mailbox, UidSpan span)
            throws SQLException {
        return session.query(
                """
                select uid, modseq, flags, size, idate
                from %s
                where account_id = ? and mailbox_id = ? and uid between ? and ?
                order by uid
                """
                        .formatted(table),
                row ->
                        new MessageState(
                                row.getLong(1),
                                row.getLong(2),
                                new MessageRow(
                                        row.getLong(1),
                                        row.getLong(3),
                                        row.getInt(4),
                                        row.getLong(5))),
                account,
                mailbox,
                span.first(),
                span.last());
    }

    /// A row of `message_meta`, and the size of the body it names.
    ///
    /// @param bodySize -1 when there is no such body
    record MetaRow(long uid, long body, int prefix, int bodySize) {}

    List<MetaRow> metas(int account, int mailbox, UidSpan span) throws SQLException {
        return session.query(
                """
                select m.uid, m.body_id, octet_length(m.prefix), coalesce(b.size, -1)
                from message_meta m
                left join body b on b.account_id = m.account_id and b.body_id = m.body_id
                where m.account_id = ? and m.mailbox_id = ? and m.uid between ? and ?
                order by m.uid
                """,
                row -> new MetaRow(row.getLong(1), row.getLong(2), row.getInt(3), row.getInt(4)),
                account,
                mailbox,
                span.first(),
                span.last());
    }

    /// UIDs from one to another, both included.
    record UidSpan(long first, long last) {}
}
