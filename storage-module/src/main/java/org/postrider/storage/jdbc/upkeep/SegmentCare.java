package org.postrider.storage.jdbc.upkeep;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.postrider.storage.blob.BodyPlace;
import org.postrider.storage.blob.DamagedBody;
import org.postrider.storage.blob.SegmentBodies;
import org.postrider.storage.blob.SegmentCopier;
import org.postrider.storage.jdbc.database.DatabaseCopies;
import org.postrider.storage.jdbc.database.Readers;
import org.postrider.storage.jdbc.database.Session;
import org.postrider.storage.jdbc.group.GroupPlan;
import org.postrider.storage.jdbc.lane.Lanes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks after the segments: counts what is dead in each that does not change any more, copies what
/// lives in those more than half dead to new ones, has their notes carried over ([CarriedNotes]),
/// and deletes those that are empty.
///
/// A copy is durable before one transaction has the rows name it; who still holds the place before
/// reads the row again. An emptied file stays until every copy of the database that is kept is
/// newer: an older one names it, and before the first copy its notes are all there is.
public final class SegmentCare {

    private static final Logger LOG = LoggerFactory.getLogger(SegmentCare.class);

    /// The state of a segment that nobody names any more (`pack.state`).
    public static final int EMPTY = 2;

    /// Records moved in one transaction.
    private static final int RECORDS = 256;

    /// Records moved in one run: other tasks wait for its end.
    private static final int STEPS = 64;

    private static final String NAMED =
            """
            (select pack_off, pack_len from body where pack_id = ?
            union
            select pack_off, pack_len from body_text where pack_id = ?
            union
            select pack_off, pack_len from gc_task where pack_id = ?) named
            """;

    private final Lanes lanes;
    private final Readers readers;
    private final SegmentBodies segments;
    private final SegmentCopier copier;

    /// Segments that are lost or have a record that cannot be read; they are left as they are.
    private final Set<Long> damaged = new HashSet<>();

    private final DatabaseCopies copies;

    SegmentCare(Lanes lanes, Readers readers, SegmentBodies segments, DatabaseCopies copies) {
        this.lanes = lanes;
        this.readers = readers;
        this.segments = segments;
        this.copier = segments.copier();
        this.copies = copies;
    }

    void run() throws SQLException, IOException {
        count();
        int left = STEPS;
        for (long pack : halfDead()) {
            left = compact(pack, left);
            if (left == 0) {
                break;
            }
        }
        delete();
    }

    // ---- counting

    private void count() throws IOException {
        var known =
                new HashSet<>(
                        readers.ask(session ->
                                session.query("select pack_id from pack", row -> row.getLong(1))));
        for (long pack : segments.settled()) {
            if (!known.contains(pack)) {
                long octets = segments.octets(pack);
                long notes = segments.octetsOfNotes(pack);
                lanes.call(new CareCommand(plan -> count(plan, pack, octets, notes)));
            }
        }
    }

    private static int count(GroupPlan plan, long pack, long octets, long notes) {
        plan.rows()
                .chores
                .add(session ->
                        session.update(
                                """
                                insert into pack (pack_id, state, bytes, note_bytes, dead_bytes)
                                values (?, 0, ?, ?, ?)
                                """,
                                pack,
                                octets,
                                notes,
                                octets - notes - live(session, pack)));
        return 1;
    }

    /// The octets of a file that rows name.
    public static long live(Session session, long pack) throws SQLException {
        return session.queryOne(
                        "select coalesce(sum(pack_len + ?), 0) from " + NAMED,
                        row -> row.getLong(1),
                        SegmentBodies.octetsOfRecord(0),
                        pack,
                        pack,
                        pack)
                .orElse(0L);
    }

    // ---- compaction

    private List<Long> halfDead() {
        var packs =
                readers.ask(session ->
                        session.query(
                                """
                                select pack_id from pack
                                where state = 0 and dead_bytes > bytes / 2
                                order by pack_id
                                """,
                                row -> row.getLong(1)));
        return packs.stream().filter(pack -> !damaged.contains(pack)).toList();
    }

    /// A record and where its copy is.
    private record Moved(long from, BodyPlace to) {}

    /// @return how many steps are left
    private int compact(long pack, int steps) throws IOException {
        long after = -1;
        for (int left = steps; left > 0; left--) {
            var next = wanted(pack, after);
            try {
                if (next.isEmpty()) {
                    new CarriedNotes(lanes, readers, segments).carry(pack);
                    lanes.call(new CareCommand(plan -> retire(plan, pack)));
                    return left - 1;
                }
                var moved = new ArrayList<Moved>();
                for (long offset : next) {
                    moved.add(new Moved(offset, copier.copy(pack, offset)));
                }
                copier.force();
                lanes.call(new CareCommand(plan -> move(plan, pack, moved)));
            } catch (DamagedBody | FileNotFoundException e) {
                damaged.add(pack);
                LOG.error(
                        "segment {} is not compacted: it, or a record of it, is damaged", pack, e);
                return left - 1;
            }
            after = next.getLast();
        }
        return 0;
    }

    /// The next records that are named.
    private List<Long> wanted(long pack, long after) {
        return readers.ask(session ->
                session.query(
                        "select distinct pack_off from "
                                + NAMED
                                + " where pack_off > ? order by pack_off limit ?",
                        row -> row.getLong(1),
                        pack,
                        pack,
                        pack,
                        after,
                        RECORDS));
    }

    /// Has the rows name the copies. What nobody names any more was counted as dead when its last
    /// task was carried out.
    private static int move(GroupPlan plan, long pack, List<Moved> moved) {
        plan.rows()
                .chores
                .add(session -> {
                    long dead = 0;
                    for (var each : moved) {
                        int rows = 0;
                        for (var table : List.of("body", "body_text", "gc_task")) {
                            rows +=
                                    session.update(
                                            "update "
                                                    + table
                                                    + " set pack_id = ?, pack_off = ?"
                                                    + " where pack_id = ? and pack_off = ?",
                                            each.to().pack(),
                                            each.to().offset(),
                                            pack,
                                            each.from());
                        }
                        dead += rows == 0 ? 0 : SegmentBodies.octetsOfRecord(each.to().stored());
                    }
                    session.update(
                            "update pack set dead_bytes = dead_bytes + ? where pack_id = ?",
                            dead,
                            pack);
                });
        return moved.size();
    }

    /// The segment is empty, if no row names it.
    private static int retire(GroupPlan plan, long pack) throws SQLException {
        var named =
                plan.session()
                        .query(
                                "select pack_off from " + NAMED + " limit 1",
                                row -> row.getLong(1),
                                pack,
                                pack,
                                pack);
        if (named.isEmpty()) {
            plan.rows()
                    .chores
                    .add(session ->
                            session.update(
                                    """
                                    update pack
                                    set state = 2, dead_bytes = bytes, retired_at = ?
                                    where pack_id = ?
                                    """,
                                    plan.now(),
                                    pack));
        }
        return named.size();
    }

    // ---- deleting

    private record Retired(long pack, long at) {}

    private void delete() throws IOException {
        var retired =
                readers.ask(session ->
                        session.query(
                                "select pack_id, retired_at from pack where state = 2",
                                row -> new Retired(row.getLong(1), row.getLong(2))));
        for (var each : retired) {
            if (copies.areAllNewerThan(each.at()) && segments.delete(each.pack())) {
                lanes.call(
                        new CareCommand(plan -> {
                            plan.rows()
                                    .chores
                                    .add(session ->
                                            session.update(
                                                    "delete from pack where pack_id = ?",
                                                    each.pack()));
                            return 1;
                        }));
            }
        }
    }

    /// Ends before the store does.
    void close() {
        copier.close();
    }
}
