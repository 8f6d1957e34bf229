package org.postrider.storage.jdbc.upkeep;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.postrider.storage.blob.BodyPlace;
import org.postrider.storage.blob.RecordType;
import org.postrider.storage.blob.SegmentBodies;
import org.postrider.storage.blob.SegmentNote;
import org.postrider.storage.jdbc.database.Readers;
import org.postrider.storage.jdbc.database.Session;
import org.postrider.storage.jdbc.directory.OwnedRows;
import org.postrider.storage.jdbc.group.ArrivalNote;
import org.postrider.storage.jdbc.group.NamesNote;
import org.postrider.storage.jdbc.lane.Lanes;
import org.postrider.storage.jdbc.reading.MetaRows;

/// Has the notes of a segment that is emptied written again, so that the segments that are left
/// still tell of every message: what arrived and is still there, with the place where its octets
/// are now, all there is of the accounts that are named, and what the directory says of whom it was
/// said.
///
/// Who is stopped in between does it once more: a note that is there twice says nothing new.
final class CarriedNotes {

    /// Notes written in one transaction.
    private static final int AT_ONCE = 256;

    private final Lanes lanes;
    private final Readers readers;
    private final SegmentBodies segments;
    private final List<SegmentNote> waiting = new ArrayList<>();

    CarriedNotes(Lanes lanes, Readers readers, SegmentBodies segments) {
        this.lanes = lanes;
        this.readers = readers;
        this.segments = segments;
    }

    void carry(long pack) throws IOException {
        var accounts = new TreeSet<Integer>();
        var owners = new LinkedHashSet<OwnedRows.Owner>();
        segments.scan(pack)
                .run(
                        (type, _) -> type.isNote(),
                        (found, octets) -> {
                            if (found.intact() && found.type() == RecordType.NAMES) {
                                var names = NamesNote.decoded(octets);
                                accounts.addAll(names.owners());
                                names.directory().forEach(each -> owners.add(each.owner()));
                            } else if (found.intact() && found.type() == RecordType.ARRIVAL) {
                                arrival(ArrivalNote.decoded(octets));
                            }
                        });
        flush();
        NameAccounts.all(lanes, accounts);
        NameDirectory.all(lanes, owners);
    }

    private void arrival(ArrivalNote note) {
        var place = readers.ask(session -> place(session, note));
        if (place.isPresent()) {
            waiting.add(new SegmentNote(RecordType.ARRIVAL, note.at(place.get()).encoded()));
            if (waiting.size() == AT_ONCE) {
                flush();
            }
        }
    }

    private void flush() {
        if (!waiting.isEmpty()) {
            var notes = List.copyOf(waiting);
            waiting.clear();
            lanes.call(
                    new CareCommand(plan -> {
                        plan.rows().notes.addAll(notes);
                        return notes.size();
                    }));
        }
    }

    /// Where the octets of what arrived are now, if anything has them.
    private static Optional<BodyPlace> place(Session session, ArrivalNote note)
            throws SQLException {
        if (note.bodyId() != 0) {
            return session.queryOne(
                    """
                    select pack_id, pack_off, pack_len, codec, size
                    from body
                    where account_id = ? and body_id = ?
                    """,
                    row -> MetaRows.place(row, 1),
                    note.account(),
                    note.bodyId());
        }
        return session.queryOne(
                """
                select b.pack_id, b.pack_off, b.pack_len, b.codec, b.size
                from message_meta m
                join body b on b.account_id = m.account_id and b.body_id = m.body_id
                where m.account_id = ? and m.mailbox_id = ? and m.uid = ?
                """,
                row -> MetaRows.place(row, 1),
                note.account(),
                note.mailbox(),
                note.uid());
    }
}
