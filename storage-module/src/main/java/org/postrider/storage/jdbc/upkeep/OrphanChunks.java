package org.postrider.storage.jdbc.upkeep;

import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import org.postrider.storage.jdbc.database.BodyIds;
import org.postrider.storage.jdbc.database.ChunkBodies;
import org.postrider.storage.jdbc.database.Readers;
import org.postrider.storage.jdbc.database.Session;
import org.postrider.storage.jdbc.group.GroupPlan;
import org.postrider.storage.jdbc.lane.Lanes;

/// Finds chunks that no row ever named: those of a client that went away in the middle of a large
/// message, or of a crash. A blob is looked at once in its life, when it is a day old and nobody is
/// receiving it; from then on the tasks of its rows see to it.
final class OrphanChunks {

    private static final Duration AGE = Duration.ofHours(24);
    private static final int BLOBS = 512;
    private static final int STEPS = 64;
    private static final String CHECKED = "blobs_checked";

    private final Lanes lanes;
    private final Readers readers;
    private final ChunkBodies bodies;
    private final InstantSource clock;

    OrphanChunks(Lanes lanes, Readers readers, ChunkBodies bodies, InstantSource clock) {
        this.lanes = lanes;
        this.readers = readers;
        this.bodies = bodies;
        this.clock = clock;
    }

    void run() {
        for (int i = 0; i < STEPS; i++) {
            long until =
                    Math.min(BodyIds.at(clock.millis() - AGE.toMillis()), bodies.oldestReceived());
            var blobs = readers.ask(session -> next(session, until));
            if (blobs.isEmpty()) {
                return;
            }
            lanes.call(new CareCommand(plan -> check(plan, blobs)));
        }
    }

    private static List<Long> next(Session session, long until) throws SQLException {
        long checked =
                session.queryOne(
                                "select v from store_info where k = ?",
                                row -> Long.parseLong(row.getString(1)),
                                CHECKED)
                        .orElse(0L);
        return session.query(
                """
                select distinct blob_id from body_chunk
                where blob_id > ? and blob_id < ?
                order by blob_id
                limit ?
                """,
                row -> row.getLong(1),
                checked,
                until,
                BLOBS);
    }

    private static int check(GroupPlan plan, List<Long> blobs) throws SQLException {
        var orphans = new HashSet<>(blobs);
        var session = plan.session();
        orphans.removeAll(
                session.query(
                        """
                        select k.blob
                        from unnest(?) as k(blob)
                        where exists (
                            select 1 from body b where b.pack_id = 0 and b.pack_off = k.blob)
                        or exists (
                            select 1 from body_text t where t.pack_id = 0 and t.pack_off = k.blob)
                        or exists (
                            select 1 from gc_task g where g.pack_id = 0 and g.pack_off = k.blob)
                        """,
                        row -> row.getLong(1),
                        session.array("bigint", blobs.toArray())));
        for (var orphan : orphans) {
            long id = plan.newBodyId();
            plan.rows()
                    .chores
                    .add(each ->
                            each.update(
                                    """
                                    insert into gc_task (task_id, not_before, pack_id, pack_off,
                                        pack_len)
                                    select ?, ?, 0, blob_id, sum(octet_length(data))
                                    from body_chunk
                                    where blob_id = ?
                                    group by blob_id
                                    """,
                                    id,
                                    plan.now(),
                                    orphan));
        }
        plan.rows().facts.put(CHECKED, String.valueOf(blobs.getLast()));
        return orphans.size();
    }
}
