package org.postrider.storage.jdbc;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.postrider.storage.blob.BodyCodec;
import org.postrider.storage.blob.BodyMoved;
import org.postrider.storage.blob.BodyPlace;
import org.postrider.storage.blob.BodyStore;
import org.postrider.storage.mailbox.MailboxId;
import org.postrider.storage.mailbox.Messages;
import org.postrider.storage.mailbox.ObjectId;
import org.postrider.storage.mailbox.StoredMessage;
import org.postrider.storage.mailbox.UidSet;
import org.postrider.storage.message.CodedMeta;

/// Reads messages, from rows that never change.
final class MessageReading {

    private static final String SELECT =
            """
            select m.uid, m.prefix, m.meta, m.body_id, m.thread_id,
                b.pack_id, b.pack_off, b.pack_len, b.codec, b.size
            from message_meta m
            join body b on b.account_id = m.account_id and b.body_id = m.body_id
            where m.account_id = ? and m.mailbox_id = ?
            """;

    private final MetaRows rows;
    private final BodyStore bodies;
    private final MetaRenewal renewal;

    MessageReading(MetaRows rows, BodyStore bodies, MetaRenewal renewal) {
        this.rows = rows;
        this.bodies = bodies;
        this.renewal = renewal;
    }

    void read(MailboxId mailbox, UidSet uids, Messages.Reader reader) throws IOException {
        rows.read(
                mailbox,
                uids,
                SELECT,
                new RowReader(),
                row -> reader.accept(message(mailbox, row)));
    }

    private static final class RowReader implements MetaRows.RowReader<Row> {

        @Override
        public Row read(ResultSet row, Backlogs.Place place) throws SQLException {
            return new Row(
                    place.uid(row.getLong(1)),
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

        @Override
        public long uid(Row row) {
            return row.uid();
        }

        @Override
        public int octets(Row row) {
            return row.trace().length + row.meta().length;
        }
    }

    /// The number of a message's body.
    static long bodyOf(StoredMessage message) {
        return ((Stored) message).row().body();
    }

    private StoredMessage message(MailboxId mailbox, Row row) {
        return new Stored(rows, bodies, renewal, mailbox, row, CodedMeta.of(row.meta()));
    }

    private record Row(
            long uid, byte[] trace, byte[] meta, long body, long thread, BodyPlace place) {}

    /// A message as its rows tell it; the octets are opened on request.
    private record Stored(
            MetaRows rows,
            BodyStore bodies,
            MetaRenewal renewal,
            MailboxId mailbox,
            Row row,
            CodedMeta meta)
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
                return body(offset - trace, length);
            }
            int fromTrace = (int) Math.min(length, trace - offset);
            var first = new ByteArrayInputStream(row.trace(), (int) offset, fromTrace);
            if (fromTrace == length) {
                return first;
            }
            return new SequenceInputStream(first, body(0, length - fromTrace));
        }

        /// Its octets. Its file may be gone since the row was read: then the row names another.
        private InputStream body(long offset, long length) throws IOException {
            try {
                return bodies.open(row.place(), offset, length);
            } catch (BodyMoved e) {
                var place = rows.place(mailbox.account(), row.body());
                return bodies.open(place.orElseThrow(() -> e), offset, length);
            }
        }
    }
}
