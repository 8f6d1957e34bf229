package org.postrider.storage.jdbc.search;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postrider.storage.blob.BodyOctets;
import org.postrider.storage.blob.BodyPlace;
import org.postrider.storage.blob.BodySink;
import org.postrider.storage.blob.BodyStore;
import org.postrider.storage.blob.DamagedBody;
import org.postrider.storage.blob.RecordType;
import org.postrider.storage.blob.StagedBody;
import org.postrider.storage.blob.StagingMemory;
import org.postrider.storage.jdbc.database.ChunkBodies;
import org.postrider.storage.jdbc.database.Readers;
import org.postrider.storage.jdbc.database.Session;
import org.postrider.storage.jdbc.group.GroupRows;
import org.postrider.storage.jdbc.lane.Lanes;
import org.postrider.storage.jdbc.lane.TextQueue;
import org.postrider.storage.jdbc.reading.MetaRows;
import org.postrider.storage.message.BodyPart;
import org.postrider.storage.message.FoldedText;
import org.postrider.storage.message.MessageParser;
import org.postrider.storage.message.MessageText;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Extracts the text of bodies after they were committed, so that searches need not open them: the
/// work of `Upkeep`, some bodies at a time. It waits while much mail comes ([TextQueue]) and may
/// fall behind, for the search reads what has no text; bodies that were left out are found when
/// nothing else is to be done.
///
/// A text is the fields of the header, an empty text, the texts of the body ([FoldedText]).
public final class TextExtraction {

    private static final Logger LOG = LoggerFactory.getLogger(TextExtraction.class);

    /// The most octets of a text that is kept; a body with more is searched itself.
    static final int MOST_OCTETS = 480 << 10;

    /// Bodies in one run, and bodies whose rows are looked at in one.
    private static final int AT_ONCE = 256;

    private static final int LOOKED_AT = 1_000;

    /// The most texts that one command keeps, and their octets, unless one text has more.
    private static final int IN_COMMAND = 8;

    private static final long OCTETS_IN_COMMAND = 1 << 20;

    /// The most octets of a body that is read as a whole; on PostgreSQL those of a run together.
    private static final int SMALL = ChunkBodies.SMALL;

    /// Accounts looked at in one run, if nothing is to be done for them.
    private static final int LOOKS = 20;

    /// A body and its text.
    ///
    /// @param text empty when it is too large to be kept
    record Extracted(GroupRows.BodyKey body, Optional<StagedBody> text) {

        int inMemory() {
            return text.map(StagedBody::inMemory).orElse(0);
        }
    }

    private final TextQueue queue;
    private final Readers readers;
    private final BodyStore bodies;
    private final StagingMemory memory;
    private final int mostInMemory;
    private final Lanes lanes;

    /// Where the look at all bodies has come to; null when it is over.
    private GroupRows.@Nullable BodyKey next;

    public TextExtraction(
            TextQueue queue,
            Readers readers,
            BodyStore bodies,
            StagingMemory memory,
            int mostInMemory,
            Lanes lanes) {
        this.queue = queue;
        this.readers = readers;
        this.bodies = bodies;
        this.memory = memory;
        this.mostInMemory = mostInMemory;
        this.lanes = lanes;
    }

    public void run() throws IOException {
        var wanted = queue.take(AT_ONCE);
        if (wanted.isEmpty()) {
            wanted = withoutText();
        }
        if (wanted.isEmpty()) {
            return;
        }
        boolean done = false;
        try {
            extract(wanted);
            done = true;
        } finally {
            if (!done) {
                queue.add(wanted);
            }
        }
    }

    private void extract(List<GroupRows.BodyKey> wanted) throws IOException {
        var rows = readers.ask(session -> rows(session, wanted));
        var texts = new ArrayList<Extracted>();
        boolean given = false;
        try {
            for (var row : rows) {
                try {
                    texts.add(new Extracted(row.body(), extracted(row)));
                } catch (DamagedBody e) {
                    LOG.error("body {} has no text, for its octets are damaged", row.body(), e);
                }
            }
            given = true; // what a lane was given may be committed, whatever it says
            lanes.callAll(inCommands(texts));
        } finally {
            boolean abandoned = !given;
            texts.forEach(each -> each.text().ifPresent(text -> text.release(abandoned)));
        }
    }

    /// Commands that hold few enough accounts, for a moment, that nobody waits long for one.
    private static List<KeepTextsCommand> inCommands(List<Extracted> texts) {
        return Portions.of(texts, IN_COMMAND, OCTETS_IN_COMMAND, Extracted::inMemory).stream()
                .map(KeepTextsCommand::new)
                .toList();
    }

    private Optional<StagedBody> extracted(Row row) throws IOException {
        var text = text(octets(row), row.place().size());
        if (text.isOver()) {
            return Optional.empty();
        }
        var sink = new BodySink(RecordType.TEXT, bodies, memory, mostInMemory);
        var octets = text.toBytes();
        boolean kept = false;
        try {
            sink.write(octets, 0, octets.length);
            var staged = sink.finish();
            kept = true;
            return Optional.of(staged);
        } finally {
            if (!kept) {
                sink.discard();
            }
        }
    }

    /// The octets of a body; of a small one they are read once.
    private MessageText.Octets octets(Row row) throws IOException {
        var place = row.place();
        if (place.size() > SMALL) {
            return (offset, length) -> bodies.open(place, offset, length);
        }
        try (var in = open(row)) {
            var all = in.readNBytes(place.size());
            if (all.length < place.size()) {
                throw new DamagedBody(place);
            }
            return (offset, length) -> BodyOctets.piece(all, offset, length);
        }
    }

    private InputStream open(Row row) throws IOException {
        var place = row.place();
        var stored = row.stored();
        if (stored == null) {
            return bodies.open(place, 0, place.size());
        }
        return BodyOctets.open(place, stored, 0, place.size());
    }

    static FoldedText text(MessageText.Octets octets, long length) throws IOException {
        var message = new MessageText(octets, 0);
        var text = new FoldedText(MOST_OCTETS);
        var structure = structure(octets, length);
        message.header(structure, new Undivided(text));
        text.divide();
        if (!text.isOver()) {
            message.body(structure, text);
        }
        return text;
    }

    /// Leaves out what would be taken for the end of the header.
    private record Undivided(FoldedText folded) implements MessageText.Visitor {

        @Override
        public boolean field(String text) {
            return !text.isEmpty() && folded.field(text);
        }

        @Override
        public boolean part(Reader text) throws IOException {
            return folded.part(text);
        }
    }

    static BodyPart structure(MessageText.Octets octets, long length) throws IOException {
        var parser = MessageParser.begin();
        try (InputStream in = octets.open(0, length)) {
            var buffer = new byte[16 << 10];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                parser.write(buffer, 0, count);
            }
        }
        return parser.finish().structure();
    }

    /// @param stored the octets as they are stored, where they are few and in the database
    private record Row(GroupRows.BodyKey body, BodyPlace place, byte @Nullable [] stored) {
        static Row read(ResultSet row) throws SQLException {
            return new Row(
                    new GroupRows.BodyKey(row.getInt(1), row.getLong(2)),
                    MetaRows.place(row, 3),
                    row.getBytes(8));
        }
    }

    /// The rows of these bodies, account after account.
    private static List<Row> rows(Session session, List<GroupRows.BodyKey> wanted)
            throws SQLException {
        return session.query(
                """
                select b.account_id, b.body_id, b.pack_id, b.pack_off, b.pack_len, b.codec, b.size,
                    c.data
                from unnest(?, ?) as k(account_id, body_id)
                join body b on b.account_id = k.account_id and b.body_id = k.body_id
                left join body_chunk c
                    on b.pack_id = 0 and b.size <= ? and c.blob_id = b.pack_off and c.n = 0
                order by b.account_id, b.body_id
                """,
                Row::read,
                session.array("int", wanted.stream().map(GroupRows.BodyKey::account).toArray()),
                session.array("bigint", wanted.stream().map(GroupRows.BodyKey::id).toArray()),
                SMALL);
    }

    // ---- what was left out

    /// Some bodies without text, or with one of an older version.
    private List<GroupRows.BodyKey> withoutText() {
        if (queue.wasLeftOut()) {
            next = new GroupRows.BodyKey(0, 0);
        }
        List<GroupRows.BodyKey> wanted = List.of();
        for (int looks = 0; looks < LOOKS && wanted.isEmpty(); looks++) {
            var from = next;
            if (from == null) {
                return List.of();
            }
            var found = readers.ask(session -> look(session, from));
            next = found.next().orElse(null);
            wanted = found.wanted();
        }
        return wanted;
    }

    private record Found(List<GroupRows.BodyKey> wanted, Optional<GroupRows.BodyKey> next) {}

    private record Looked(long id, int version) {}

    private static Found look(Session session, GroupRows.BodyKey from) throws SQLException {
        var rows =
                session.query(
                        """
                        select b.body_id, coalesce(t.version, 0)
                        from body b
                        left join body_text t
                            on t.account_id = b.account_id and t.body_id = b.body_id
                        where b.account_id = ? and b.body_id > ?
                        order by b.account_id, b.body_id
                        limit ?
                        """,
                        row -> new Looked(row.getLong(1), row.getInt(2)),
                        from.account(),
                        from.id(),
                        LOOKED_AT);
        var wanted = new ArrayList<GroupRows.BodyKey>();
        for (var row : rows) {
            if (wanted.size() == AT_ONCE) {
                return new Found(wanted, Optional.of(wanted.getLast()));
            }
            if (row.version() != FoldedText.VERSION) {
                wanted.add(new GroupRows.BodyKey(from.account(), row.id()));
            }
        }
        if (rows.size() == LOOKED_AT) {
            var last = new GroupRows.BodyKey(from.account(), rows.getLast().id());
            return new Found(wanted, Optional.of(last));
        }
        var account =
                session.queryOne(
                        """
                        select account_id
                        from account
                        where account_id > ?
                        order by account_id
                        limit 1
                        """,
                        row -> row.getInt(1),
                        from.account());
        return new Found(wanted, account.map(number -> new GroupRows.BodyKey(number, 0)));
    }
}
