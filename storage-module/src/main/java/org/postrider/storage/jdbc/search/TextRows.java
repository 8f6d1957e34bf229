package org.postrider.storage.jdbc.search;

import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.postrider.storage.blob.BodyCodec;
import org.postrider.storage.blob.BodyPlace;
import org.postrider.storage.blob.BodyStore;
import org.postrider.storage.directory.AccountId;
import org.postrider.storage.jdbc.account.Backlogs;
import org.postrider.storage.jdbc.database.Answer;
import org.postrider.storage.jdbc.database.Readers;
import org.postrider.storage.jdbc.group.GroupRows;
import org.postrider.storage.jdbc.group.TextWriter;
import org.postrider.storage.jdbc.lane.TextQueue;
import org.postrider.storage.jdbc.reading.MetaRows;
import org.postrider.storage.mailbox.MailboxId;
import org.postrider.storage.mailbox.UidSet;
import org.postrider.storage.message.FoldedText;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads the kept texts of messages. Of those that have none, or none of this version, it asks that
/// it be extracted.
///
/// Rows come many at a time, and say how large their texts are; the texts that are in the database
/// are read few enough at a time, the next ones while the caller looks at those it has.
public final class TextRows {

    private static final Logger LOG = LoggerFactory.getLogger(TextRows.class);

    /// The most octets of texts that are read at once, unless one text has more. A search has twice
    /// as many in memory.
    private static final int AT_ONCE = 1 << 20;

    /// Searches that read texts at a time, so that all of them have 16 MB in memory at most; the
    /// others wait for their turn.
    private static final int SEARCHES = 8;

    private static final String SELECT =
            """
            select m.uid, m.prefix, m.body_id, t.version, t.size, t.pack_id, t.pack_off,
                t.pack_len, t.codec
            from message_meta m
            left join body_text t on t.account_id = m.account_id and t.body_id = m.body_id
            where m.account_id = ? and m.mailbox_id = ?
            """;

    /// Takes the text of one message.
    @FunctionalInterface
    interface Taker {
        void accept(long uid, byte[] trace, byte[] text) throws IOException;
    }

    private final MetaRows rows;
    private final Readers readers;
    private final BodyStore bodies;
    private final TextQueue queue;
    private final Semaphore turns = new Semaphore(SEARCHES, true);

    public TextRows(MetaRows rows, Readers readers, BodyStore bodies, TextQueue queue) {
        this.rows = rows;
        this.readers = readers;
        this.bodies = bodies;
        this.queue = queue;
    }

    void read(MailboxId mailbox, UidSet uids, Taker taker) throws IOException {
        if (uids.isEmpty()) {
            return;
        }
        var account = mailbox.account();
        turns.acquireUninterruptibly();
        try {
            rows.readBatches(
                    mailbox, uids, SELECT, new RowReader(), some -> take(account, some, taker));
        } finally {
            turns.release();
        }
    }

    private void take(AccountId account, List<Row> some, Taker taker) throws IOException {
        var batches = Portions.of(some, Integer.MAX_VALUE, AT_ONCE, Row::octetsInChunk);
        if (batches.isEmpty()) {
            return;
        }
        var next = begin(batches.getFirst());
        for (int i = 0; i < batches.size(); i++) {
            var chunks = next.await();
            if (i + 1 < batches.size()) {
                next = begin(batches.get(i + 1));
            }
            for (var row : batches.get(i)) {
                take(account, row, chunks, taker);
            }
        }
    }

    /// Asks for the texts of these rows that are in the database, by the numbers of their blobs.
    private Answer<Map<Long, byte[]>> begin(List<Row> batch) {
        var blobs =
                batch.stream()
                        .filter(Row::isInChunk)
                        .map(row -> row.place().offset())
                        .distinct()
                        .toArray();
        if (blobs.length == 0) {
            var nothing = new Answer<Map<Long, byte[]>>();
            nothing.say(Map.of());
            return nothing;
        }
        return readers.begin(session -> {
            var chunks = new HashMap<Long, byte[]>();
            session.forEach(
                    """
                    select c.blob_id, c.data
                    from unnest(?) as k(id)
                    join body_chunk c on c.blob_id = k.id and c.n = 0
                    """,
                    row -> chunks.put(row.getLong(1), row.getBytes(2)),
                    session.array("bigint", blobs));
            return chunks;
        });
    }

    private void take(AccountId account, Row row, Map<Long, byte[]> chunks, Taker taker)
            throws IOException {
        var text = row.hasText() ? text(row, chunks) : null;
        if (text != null) {
            taker.accept(row.uid(), row.trace(), text);
        } else if (row.size() != TextWriter.TOO_LARGE) {
            queue.add(List.of(new GroupRows.BodyKey(account.value(), row.body())));
        }
    }

    private byte @Nullable [] text(Row row, Map<Long, byte[]> chunks) {
        var place = row.place();
        var chunk = row.isInChunk() ? chunks.get(place.offset()) : null;
        if (chunk != null && chunk.length == place.size()) {
            return chunk;
        }
        try (var octets = bodies.open(place, 0, place.size())) {
            var text = octets.readNBytes(place.size());
            return text.length == place.size() ? text : null;
        } catch (IOException e) {
            LOG.warn("the text of body {} cannot be read and is extracted again", row.body(), e);
            return null;
        }
    }

    /// @param version 0: no text
    /// @param size as the row says it
    private record Row(long uid, byte[] trace, long body, int version, int size, BodyPlace place) {

        boolean hasText() {
            return version == FoldedText.VERSION && size != TextWriter.TOO_LARGE;
        }

        /// Whether the text is in the database, as it is looked at.
        boolean isInChunk() {
            return hasText() && place.pack() == 0 && place.codec() == BodyCodec.NONE;
        }

        int octetsInChunk() {
            return isInChunk() ? place.stored() : 0;
        }
    }

    private static final class RowReader implements MetaRows.RowReader<Row> {

        /// What a row takes beside its octets.
        private static final int OVERHEAD = 128;

        @Override
        public Row read(ResultSet row, Backlogs.Place place) throws SQLException {
            int size = row.getInt(5);
            return new Row(
                    place.uid(row.getLong(1)),
                    row.getBytes(2),
                    row.getLong(3),
                    row.getInt(4),
                    size,
                    new BodyPlace(
                            row.getLong(6),
                            row.getLong(7),
                            row.getInt(8),
                            BodyCodec.of(row.getInt(9)),
                            Math.max(0, size)));
        }

        @Override
        public long uid(Row row) {
            return row.uid();
        }

        @Override
        public int octets(Row row) {
            return OVERHEAD + row.trace().length;
        }
    }
}
