package org.postrider.storage.jdbc.search;

import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postrider.storage.blob.BodyCodec;
import org.postrider.storage.blob.BodyPlace;
import org.postrider.storage.blob.BodyStore;
import org.postrider.storage.jdbc.account.Backlogs;
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
public final class TextRows {

    private static final Logger LOG = LoggerFactory.getLogger(TextRows.class);

    private static final String SELECT =
            """
            select m.uid, m.prefix, m.body_id, t.version, t.size, t.pack_id, t.pack_off,
                t.pack_len, t.codec, c.data
            from message_meta m
            left join body_text t on t.account_id = m.account_id and t.body_id = m.body_id
            left join body_chunk c on t.pack_id = 0 and c.blob_id = t.pack_off and c.n = 0
            where m.account_id = ? and m.mailbox_id = ?
            """;

    /// Takes the text of one message.
    @FunctionalInterface
    interface Taker {
        void accept(long uid, byte[] trace, byte[] text) throws IOException;
    }

    private final MetaRows rows;
    private final BodyStore bodies;
    private final TextQueue queue;

    public TextRows(MetaRows rows, BodyStore bodies, TextQueue queue) {
        this.rows = rows;
        this.bodies = bodies;
        this.queue = queue;
    }

    void read(MailboxId mailbox, UidSet uids, Taker taker) throws IOException {
        rows.read(
                mailbox,
                uids,
                SELECT,
                new RowReader(),
                row -> {
                    var text = row.version() == FoldedText.VERSION ? text(row) : null;
                    if (text != null) {
                        taker.accept(row.uid(), row.trace(), text);
                    } else if (row.size() != TextWriter.TOO_LARGE) {
                        int account = mailbox.account().value();
                        queue.add(List.of(new GroupRows.BodyKey(account, row.body())));
                    }
                });
    }

    private byte @Nullable [] text(Row row) {
        var place = row.place();
        if (row.chunk() != null && row.chunk().length == place.size()) {
            return row.chunk();
        }
        if (row.size() == TextWriter.TOO_LARGE) {
            return null;
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
    private record Row(
            long uid,
            byte[] trace,
            long body,
            int version,
            int size,
            BodyPlace place,
            byte @Nullable [] chunk) {}

    private static final class RowReader implements MetaRows.RowReader<Row> {

        @Override
        public Row read(ResultSet row, Backlogs.Place place) throws SQLException {
            int size = row.getInt(5);
            var codec = BodyCodec.of(row.getInt(9));
            int stored = row.getInt(8);
            return new Row(
                    place.uid(row.getLong(1)),
                    row.getBytes(2),
                    row.getLong(3),
                    row.getInt(4),
                    size,
                    new BodyPlace(row.getLong(6), row.getLong(7), stored, codec, Math.max(0, size)),
                    codec == BodyCodec.NONE ? row.getBytes(10) : null);
        }

        @Override
        public long uid(Row row) {
            return row.uid();
        }

        @Override
        public int octets(Row row) {
            return row.trace().length + row.place().size();
        }
    }
}
