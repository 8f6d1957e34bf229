package org.postrider.storage.jdbc;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.postrider.storage.blob.BodyCodec;
import org.postrider.storage.blob.BodyPlace;
import org.postrider.storage.blob.BodyStore;
import org.postrider.storage.mailbox.MailboxId;
import org.postrider.storage.mailbox.Messages;
import org.postrider.storage.mailbox.ObjectId;
import org.postrider.storage.mailbox.StoredMessage;
import org.postrider.storage.mailbox.UidSet;
import org.postrider.storage.message.CodedMeta;

/// Reads messages some at a time, from rows that never change.
final class MessageReading {

    /// Messages asked for at once.
    private static final int AT_ONCE = 64;

    private static final String COLUMNS =
            """
            select m.uid, m.prefix, m.meta, m.body_id, m.thread_id,
                b.pack_id, b.pack_off, b.pack_len, b.codec, b.size
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
    private final MetaRenewal renewal;

    MessageReading(Readers readers, BodyStore bodies, MetaRenewal renewal) {
        this.readers = readers;
        this.bodies = bodies;
        this.renewal = renewal;
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
                reader.accept(message(mailbox, row));
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

    /// The number of a message's body.
    static long bodyOf(StoredMessage message) {
        return ((Stored) message).row().body();
    }

    private StoredMessage message(MailboxId mailbox, Row row) {
        return new Stored(bodies, renewal, mailbox, row, CodedMeta.of(row.meta()));
    }

    private record Row(
            long uid, byte[] trace, byte[] meta, long body, long thread, BodyPlace place) {
        static Row read(ResultSet row) throws SQLException {
            return new Row(
                    row.getLong(1),
                    row.getBytes(2),
                    row.getBytes(3),
                    row.getLong(4),
                    row.getLong(5),
                    new BodyPlace(
                            row.getLong(6),
                            row.getLong(7),
                            row.getInt(8),
                            BodyCodec.of(row.getInt(9)),
                            row.getInt(10)));
        }
    }

    /// A message as its rows tell it; the octets are opened on request.
    private record Stored(
            BodyStore bodies, MetaRenewal renewal, MailboxId mailbox, Row row, CodedMeta meta)
            implements StoredMessage {

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
        public String emailId() {
            return ObjectId.email(row.body());
        }

        @Override
        public Optional<String> threadId() {
            return row.thread() == 0
                    ? Optional.empty()
                    : Optional.of(ObjectId.thread(row.thread()));
        }

        @Override
        public String preview() throws IOException {
            var known = meta.preview();
            return known.isPresent() ? known.get() : renewedPreview();
        }

        private String renewedPreview() throws IOException {
            var fresh = renewal.renewed(mailbox, row.body(), this).preview();
            return fresh == null ? "" : fresh;
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
