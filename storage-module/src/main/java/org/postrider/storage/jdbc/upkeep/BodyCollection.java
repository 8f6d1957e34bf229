package org.postrider.storage.jdbc.upkeep;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.postrider.storage.blob.SegmentBodies;
import org.postrider.storage.jdbc.database.ChunkBodies;
import org.postrider.storage.jdbc.database.Session;
import org.postrider.storage.jdbc.group.GroupPlan;
import org.postrider.storage.jdbc.lane.Lanes;

/// Takes away octets that no row names any more: carries out the rows of `gc_task` that are due.
///
/// Rows of several accounts may name one place, and each that goes leaves a task: the place is dead
/// when the last of its tasks is due and no row is left. In the database its chunks are deleted, in
/// a segment it is counted.
final class BodyCollection {

    private static final int TASKS = 256;

    /// Chunks deleted in one transaction.
    private static final int CHUNKS = 128;

    private static final long OCTETS = (long) CHUNKS * ChunkBodies.CHUNK;

    /// Steps in one run: other tasks wait for its end.
    private static final int STEPS = 64;

    private final Lanes lanes;

    BodyCollection(Lanes lanes) {
        this.lanes = lanes;
    }

    void run() {
        for (int i = 0; i < STEPS; i++) {
            if (lanes.call(new CareCommand(BodyCollection::step)) == 0) {
                return;
            }
        }
    }

    private record Place(long pack, long offset) {}

    private record Task(long id, Place place, int stored) {}

    private static int step(GroupPlan plan) throws SQLException {
        var due = due(plan);
        if (due.isEmpty()) {
            return 0;
        }
        var dead = new LinkedHashMap<Place, Integer>();
        due.forEach(task -> dead.put(task.place(), task.stored()));
        dead.keySet().removeAll(named(plan, dead.keySet()));
        var done = due.stream().map(Task::id).toArray();
        plan.rows()
                .chores
                .add(session -> {
                    session.update(
                            "delete from gc_task where task_id = any(?)",
                            session.array("bigint", done));
                    bury(session, dead);
                });
        if (dead.size() == 1) {
            var only = dead.entrySet().iterator().next();
            if (only.getKey().pack() == 0 && only.getValue() > OCTETS) {
                shorten(plan, due.getFirst());
            }
        }
        return due.size();
    }

    /// Tasks that are due, whose places are not too much for one transaction.
    private static List<Task> due(GroupPlan plan) throws SQLException {
        var found =
                plan.session()
                        .query(
                                """
                                select task_id, pack_id, pack_off, pack_len
                                from gc_task
                                where not_before <= ?
                                order by not_before, task_id
                                limit ?
                                """,
                                row ->
                                        new Task(
                                                row.getLong(1),
                                                new Place(row.getLong(2), row.getLong(3)),
                                                row.getInt(4)),
                                plan.now(),
                                TASKS);
        var due = new ArrayList<Task>();
        long octets = 0;
        for (var task : found) {
            octets += task.place().pack() == 0 ? task.stored() : 0;
            if (octets > OCTETS && !due.isEmpty()) {
                break;
            }
            due.add(task);
        }
        return due;
    }

    /// The places that a row names, or a task that is not due.
    private static Set<Place> named(GroupPlan plan, Set<Place> places) throws SQLException {
        var session = plan.session();
        return new HashSet<>(
                session.query(
                        """
                        select k.pack_id, k.pack_off
                        from unnest(?, ?) as k(pack_id, pack_off)
                        where exists (
                            select 1 from body b
                            where b.pack_id = k.pack_id and b.pack_off = k.pack_off)
                        or exists (
                            select 1 from body_text t
                            where t.pack_id = k.pack_id and t.pack_off = k.pack_off)
                        or exists (
                            select 1 from gc_task g
                            where g.pack_id = k.pack_id and g.pack_off = k.pack_off
                                and g.not_before > ?)
                        """,
                        row -> new Place(row.getLong(1), row.getLong(2)),
                        session.array("bigint", places.stream().map(Place::pack).toArray()),
                        session.array("bigint", places.stream().map(Place::offset).toArray()),
                        plan.now()));
    }

    private static void bury(Session session, Map<Place, Integer> dead) throws SQLException {
        for (var place : dead.keySet()) {
            session.update(
                    "delete from gc_task where pack_id = ? and pack_off = ?",
                    place.pack(),
                    place.offset());
        }
        var segments = new TreeMap<Long, Long>();
        var blobs = new ArrayList<Long>();
        dead.forEach((place, stored) -> {
            if (place.pack() != 0) {
                segments.merge(place.pack(), SegmentBodies.octetsOfRecord(stored), Long::sum);
            } else if (stored <= OCTETS || dead.size() > 1) {
                blobs.add(place.offset());
            }
        });
        session.update(
                "delete from body_chunk where blob_id = any(?)",
                session.array("bigint", blobs.toArray()));
        for (var segment : segments.entrySet()) {
            session.update(
                    "update pack set dead_bytes = dead_bytes + ? where pack_id = ? and state = 0",
                    segment.getValue(),
                    segment.getKey());
        }
    }

    /// Deletes the last chunks of a large blob, and leaves a task for those before.
    private static void shorten(GroupPlan plan, Task task) {
        long blob = task.place().offset();
        long id = plan.newBodyId();
        long now = plan.now();
        plan.rows()
                .chores
                .add(session -> {
                    int last =
                            session.queryOne(
                                            "select max(n) from body_chunk where blob_id = ?",
                                            row -> row.getInt(1),
                                            blob)
                                    .orElse(0);
                    int from = Math.max(0, last - CHUNKS + 1);
                    session.update(
                            "delete from body_chunk where blob_id = ? and n >= ?", blob, from);
                    if (from > 0) {
                        session.update(
                                """
                                insert into gc_task (task_id, not_before, pack_id, pack_off, pack_len)
                                values (?, ?, 0, ?, ?)
                                """,
                                id,
                                now,
                                blob,
                                from * ChunkBodies.CHUNK);
                    }
                });
    }
}
