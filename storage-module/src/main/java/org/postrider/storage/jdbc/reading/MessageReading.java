package org.postrider.storage.jdbc.reading;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postrider.storage.blob.BodyMoved;
import org.postrider.storage.blob.BodyOctets;
import org.postrider.storage.blob.BodyPlace;
import org.postrider.storage.blob.BodyStore;
import org.postrider.storage.directory.AccountId;
import org.postrider.storage.jdbc.account.Backlogs;
import org.postrider.storage.jdbc.database.ChunkBodies;
import org.postrider.storage.mailbox.MailboxId;
import org.postrider.storage.mailbox.Messages;
import org.postrider.storage.mailbox.Messages.Extent;
import org.postrider.storage.mailbox.ObjectId;
import org.postrider.storage.mailbox.StoreUnavailable;
import org.postrider.storage.mailbox.StoredMessage;
import org.postrider.storage.mailbox.UidSet;
import org.postrider.storage.message.CodedMeta;

/// Reads messages, from rows that never change.
public final class MessageReading {

    private static final String META =
            """
            select m.uid, m.prefix, m.meta, m.body_id, m.thread_id
            from message_meta m
            where m.account_id = ? and m.mailbox_id = ?
            """;

    private static final String OCTETS =
            """
            select m.uid, m.prefix, m.meta, m.body_id, m.thread_id,
                b.pack_id, b.pack_off, b.pack_len, b.codec, b.size, c.data
            from message_meta m
            left join body b on b.account_id = m.account_id and b.body_id = m.body_id
            left join body_chunk c
                on b.pack_id = 0 and b.pack_len <= %d and c.blob_id = b.pack_off and c.n = 0
            where m.account_id = ? and m.mailbox_id = ?
            """
                    .formatted(ChunkBodies.SMALL);

    private final MetaRows rows;
    private final BodyStore bodies;
    private final MetaRenewal renewal;

    public MessageReading(MetaRows rows, BodyStore bodies, MetaRenewal renewal) {
        this.rows = rows;
        this.bodies = bodies;
        this.renewal = renewal;
    }

    public void read(MailboxId mailbox, UidSet uids, Extent extent, Messages.Reader reader)
            throws IOException {
        rows.readBatches(
                mailbox,
                uids,
                switch (extent) {
                    case META -> META;
                    case OCTETS -> OCTETS;
                },
                new RowReader(extent == Extent.OCTETS),
                some -> {
                    var places = new Places(mailbox.account(), some);
                    for (var row : some) {
                        var meta = CodedMeta.of(row.meta());
                        reader.accept(new Stored(mailbox, row, meta, places));
                    }
                });
    }

    private record RowReader(boolean withOctets) implements MetaRows.RowReader<Row> {

        /// Rows with octets: 2 MB at most.
        private static final int MOST_WITH_OCTETS = 64;

        @Override
        public Row read(ResultSet row, Backlogs.Place place) throws SQLException {
            return new Row(
                    place.uid(row.getLong(1)),
                    row.getBytes(2),
                    row.getBytes(3),
                    row.getLong(4),
                    row.getLong(5),
                    withOctets && row.getObject(6) != null ? MetaRows.place(row, 6) : null,
                    withOctets ? row.getBytes(11) : null);
        }

        @Override
        public long uid(Row row) {
            return row.uid();
        }

        @Override
        public int octets(Row row) {
            var stored = row.stored();
            return row.trace().length + row.meta().length + (stored == null ? 0 : stored.length);
        }

        @Override
        public int most() {
            return withOctets ? MOST_WITH_OCTETS : MetaRows.RowReader.super.most();
        }

        @Override
        public int gap() {
            return withOctets ? 1 : MetaRows.RowReader.super.gap();
        }
    }

    /// The number of a message's body.
    static long bodyOf(StoredMessage message) {
        return ((Stored) message).row.body();
    }

    /// @param place where the body is, where that came with the row
    /// @param stored the octets of the body as they are stored, where they did too
    private record Row(
            long uid,
            byte[] trace,
            byte[] meta,
            long body,
            long thread,
            @Nullable BodyPlace place,
            byte @Nullable [] stored) {}

    /// Where the octets of messages are that were read at once; looked up for all of them when the
    /// first is opened.
    private final class Places {
        private final AccountId account;
        private final List<Row> messages;
        private Map<Long, BodyPlace> known = Map.of();

        Places(AccountId account, List<Row> messages) {
            this.account = account;
            this.messages = messages;
        }

        BodyPlace of(Row message) {
            var read = message.place();
            if (read == null && known.isEmpty()) {
                known = rows.places(account, messages.stream().map(Row::body).distinct().toList());
            }
            return read == null ? found(known, message) : read;
        }

        /// Where they are by now.
        BodyPlace again(Row message) {
            return found(rows.places(account, List.of(message.body())), message);
        }

        private static BodyPlace found(Map<Long, BodyPlace> places, Row message) {
            var place = places.get(message.body());
            if (place == null) {
                throw new StoreUnavailable("body " + message.body() + " is not there any more");
            }
            return place;
        }
    }

    /// A message as its rows tell it; the octets are opened on request.
    private final class Stored implements StoredMessage {
        private final MailboxId mailbox;
        private final Row row;
        private final CodedMeta meta;
        private final Places places;

        Stored(MailboxId mailbox, Row row, CodedMeta meta, Places places) {
            this.mailbox = mailbox;
            this.row = row;
            this.meta = meta;
            this.places = places;
        }

        @Override
        public CodedMeta meta() {
            return meta;
        }

        @Override
        public long uid() {
            return row.uid();
        }

        @Override
        public long octets() {
            return row.trace().length + (long) places.of(row).size();
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
            var place = places.of(row);
            var stored = row.stored();
            if (stored != null) {
                return BodyOctets.open(place, stored, offset, length);
            }
            try {
                return bodies.open(place, offset, length);
            } catch (BodyMoved e) {
                return bodies.open(places.again(row), offset, length);
            }
        }
    }
}
