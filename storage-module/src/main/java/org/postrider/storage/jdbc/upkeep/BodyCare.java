package org.postrider.storage.jdbc.upkeep;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.postrider.storage.blob.BodyStore;
import org.postrider.storage.blob.SegmentBodies;
import org.postrider.storage.jdbc.database.BodyIds;
import org.postrider.storage.jdbc.database.ChunkBodies;
import org.postrider.storage.jdbc.database.DatabaseCopies;
import org.postrider.storage.jdbc.database.Readers;
import org.postrider.storage.jdbc.database.Session;
import org.postrider.storage.jdbc.lane.LaneParts;
import org.postrider.storage.jdbc.lane.Lanes;

/// What a store does for its bodies beside its commands.
public final class BodyCare {

    private final BodyCollection collection;
    private final Optional<SegmentCare> segments;
    private final Optional<OrphanChunks> orphans;

    /// @param copies of the database, where the bodies lie beside it
    public BodyCare(
            LaneParts parts, Lanes lanes, Readers readers, Optional<DatabaseCopies> copies) {
        this.collection = new BodyCollection(lanes);
        this.segments =
                copies.map(each ->
                        new SegmentCare(lanes, readers, (SegmentBodies) parts.bodies(), each));
        this.orphans =
                parts.bodies() instanceof ChunkBodies bodies
                        ? Optional.of(new OrphanChunks(lanes, readers, bodies, parts.clock()))
                        : Optional.empty();
    }

    /// Numbers that were given before are not given again, whatever the clock says now, and
    /// whatever files are left.
    public static void startAbove(Session session, BodyIds ids, BodyStore bodies)
            throws SQLException {
        long at = session.queryOne("select max(at) from feed", row -> row.getLong(1)).orElse(0L);
        long blob =
                session.queryOne("select max(blob_id) from body_chunk", row -> row.getLong(1))
                        .orElse(0L);
        ids.startAbove(Math.max(BodyIds.at(at), blob));
        if (bodies instanceof SegmentBodies segments) {
            segments.startAbove(lastSegment(session));
        }
    }

    private static long lastSegment(Session session) throws SQLException {
        return session.queryOne(
                        """
                        select max(last)
                        from (
                            select max(pack_id) as last from pack
                            union all
                            select max(pack_id) from body
                            union all
                            select max(pack_id) from body_text
                            union all
                            select max(pack_id) from gc_task) named
                        """,
                        row -> row.getLong(1))
                .orElse(0L);
    }

    public List<Upkeep.Task> tasks() {
        var tasks = new ArrayList<Upkeep.Task>();
        tasks.add(new Upkeep.Task("collection", Duration.ofMinutes(1), collection::run));
        segments.ifPresent(
                care -> tasks.add(new Upkeep.Task("segments", Duration.ofMinutes(1), care::run)));
        orphans.ifPresent(
                care -> tasks.add(new Upkeep.Task("orphans", Duration.ofHours(1), care::run)));
        return tasks;
    }

    /// After the last task.
    public void close() {
        segments.ifPresent(SegmentCare::close);
    }
}
