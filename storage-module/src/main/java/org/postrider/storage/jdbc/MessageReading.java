package org.postrider.storage.jdbc;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.postrider.storage.blob.BodyCodec;
import org.postrider.storage.blob.BodyPlace;
import org.postrider.storage.blob.BodyStore;
import org.postrider.storage.mailbox.MailboxId;
import org.postrider.storage.mailbox.Messages;
import org.postrider.storage.mailbox.StoredMessage;
import org.postrider.storage.mailbox.UidSet;
import org.postrider.storage.message.MessageMeta;
import org.postrider.storage.message.MetaCodec;

/// Reads messages some at a time, from rows that never change.
final class MessageReading {

    /// Messages asked for at once.
    private static final int AT_ONCE = 64;

    private static final String COLUMNS =
            """
            select m.uid, m.prefix, m.meta, b.pack_id, b.pack_off, b.pack_len, b.codec,
                b.size
            from message_meta m
            join body b on b.account_id = m.account_id and b.body_id = m.body_id
            where m.account_id = ? and m.mailbox_id = ?
            """;
    private static final String RANGE =
            COLUMNS
                    + """
                    and m.uid between ? and ?
                    order by m.account_id, m.mailbox_id, m.uid
                    limit ?
                    """;

    private final Readers readers;
    private final BodyStore bodies;

    MessageReading(Readers readers, BodyStore bodies) {
        this.readers = readers;
        this.bodies = bodies;
    }

    void read(MailboxId mailbox, UidSet uids, Messages.Reader reader) throws IOException {
        var waiting = new ArrayList<UidSet.Range>();
        long count = 0;
        for (var range : uids.ranges()) {
            waiting.add(range);
            count += range.size();
            if (count >= AT_ONCE) {
                readRanges(mailbox, waiting, reader);
                waiting.clear();
                count = 0;
            }
        }
        readRanges(mailbox, waiting, reader);
    }

    private void readRanges(MailboxId mailbox, List<UidSet.Range> ranges, Messages.Reader reader)
            throws IOException {
        var left = List.copyOf(ranges);
        while (!left.isEmpty()) {
            var asked = left;
            var batch = readers.ask(session -> fetch(session, mailbox, asked));
            for (var row : batch.rows()) {
                reader.accept(message(row));
            }
            left = batch.left();
        }
    }

    /// The next messages, and the ranges that are left to be read.
    private record Batch(List<Row> rows, List<UidSet.Range> left) {}

    /// Reads the next messages of the ranges. It may be asked again when a connection is lost.
    private static Batch fetch(Session session, MailboxId mailbox, List<UidSet.Range> ranges)
            throws SQLException {
        var left = new ArrayList<>(ranges);
        var rows = new ArrayList<Row>();
        while (!left.isEmpty() && rows.size() < AT_ONCE) {
            var range = left.removeFirst();
            int wanted = AT_ONCE - rows.size();
            var found =
                    session.query(
                            RANGE,
                            Row::read,
                            mailbox.account().value(),
                            mailbox.number(),
                            range.first(),
                            range.last(),
                            wanted);
            rows.addAll(found);
            if (found.size() == wanted && found.getLast().uid() < range.last()) {
                left.addFirst(new UidSet.Range(found.getLast().uid() + 1, range.last()));
            }
        }
        return new Batch(rows, left);
    }

    private StoredMessage message(Row row) {
        return new Stored(bodies, row, MetaCodec.decode(row.meta()));
    }

    private record Row(long uid, byte[] trace, byte[] meta, BodyPlace place) {
        static Row read(ResultSet row) throws SQLException {
            return new Row(
                    row.getLong(1),
                    row.getBytes(2),
                    row.getBytes(3),
                    new BodyPlace(
                            row.getLong(4),
                            row.getLong(5),
                            row.getInt(6),
                            BodyCodec.of(row.getInt(7)),
                            row.getInt(8)));
        }
    }

    /// A message as its rows tell it; the octets are opened on request.
    private record Stored(BodyStore bodies, Row row, MessageMeta meta) implements StoredMessage {

        @Override
        public long uid() {
            return row.uid();
        }

        @Override
        public long octets() {
            return row.trace().length + (long) row.place().size();
        }

        @Override
        public byte[] traceFields() {
            return row.trace().clone();
        }

        @Override
        public InputStream open(long offset, long length) {
            return new StoredOctets(() -> stored(offset, length));
        }

        private InputStream stored(long offset, long length) throws IOException {
            int trace = row.trace().length;
            if (offset >= trace) {
                return bodies.open(row.place(), offset - trace, length);
            }
            int fromTrace = (int) Math.min(length, trace - offset);
            var first = new ByteArrayInputStream(row.trace(), (int) offset, fromTrace);
            if (fromTrace == length) {
                return first;
            }
            return new SequenceInputStream(first, bodies.open(row.place(), 0, length - fromTrace));
        }
    }
}
