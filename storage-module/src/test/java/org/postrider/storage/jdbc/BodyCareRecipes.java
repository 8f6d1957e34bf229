package org.postrider.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.postrider.storage.jdbc.retention.Retention;
import org.postrider.storage.mailbox.UidSet;
import org.postrider.storage.testing.TestStores;

/// Every kind of change that a store makes by itself to how octets lie, where that depends on the
/// database.
final class BodyCareRecipes {

    /// Octets of a message of which two fill a segment.
    private static final int LARGE = 40 << 10;

    /// Octets of a message that is written while it is received, to more than one chunk.
    private static final int LOST = 600_000;

    /// Chunks that no row has ever told of.
    private static final String NAMELESS =
            """
            body_chunk c
            where ? > 0
                and not exists (select 1 from body b where b.pack_id = 0 and b.pack_off = c.blob_id)
                and not exists (
                    select 1 from gc_task g where g.pack_id = 0 and g.pack_off = c.blob_id)
            """;

    private BodyCareRecipes() {}

    /// Where bodies are in segments.
    static final List<Recipe> OF_SEGMENTS =
            List.of(
                    Recipe.of("compact segments", scene -> scene.run("segments"))
                            .after(BodyCareRecipes::leaveLittle)
                            .proving(BodyCareRecipes::assertCompacted),
                    Recipe.of("delete emptied segments", scene -> scene.run("segments"))
                            .after(BodyCareRecipes::emptySegments)
                            .proving(scene ->
                                    UpkeepRecipes.assertNone(
                                            scene,
                                            "pack where ? > 0 and state = 2 and retired_at < "
                                                    + scene.now())),
                    Recipe.of("empty a segment nobody names", scene -> scene.run("segments"))
                            .after(BodyCareRecipes::lose)
                            .proving(BodyCareRecipes::assertEmptied));

    /// Where bodies are in chunks.
    static final List<Recipe> OF_CHUNKS =
            List.of(
                    Recipe.of("find chunks nobody names", scene -> scene.run("orphans"))
                            .after(BodyCareRecipes::lose)
                            .proving(scene -> {
                                UpkeepRecipes.assertNone(scene, NAMELESS);
                                UpkeepRecipes.assertCount(
                                        scene,
                                        1,
                                        "gc_task where ? > 0 and not_before = " + scene.now());
                            }),
                    Recipe.of(
                                    "delete chunks nobody names",
                                    scene -> scene.run("orphans", "collection"))
                            .after(BodyCareRecipes::lose)
                            .proving(scene ->
                                    UpkeepRecipes.assertNone(scene, "body_chunk where ? > 0")));

    /// Segments of which little is still named: by rows of two accounts, and by tasks that are not
    /// due.
    private static void leaveLittle(Scene scene) throws Exception {
        scene.deliverToBoth(Scene.text("kept"));
        scene.deliver("goes last");
        scene.run("texts");
        for (int i = 0; i < 3; i++) {
            scene.deliverWhole(Scene.text("large") + TestStores.noise(i, LARGE));
        }
        scene.expunge(scene.inbox(), UidSet.range(3, 4));
        scene.expunge(scene.inbox(), UidSet.of(5));
        scene.pass(Duration.ofDays(8));
        scene.run(Retention.PURGE);
        scene.pass(Duration.ofDays(1));
        scene.run("collection");
        scene.expunge(scene.inbox(), UidSet.of(2));
        scene.pass(Duration.ofDays(8));
        scene.run(Retention.PURGE);
    }

    private static void assertCompacted(Scene scene) throws Exception {
        UpkeepRecipes.assertNone(
                scene, "pack where ? > 0 and state = 0 and dead_bytes > bytes / 2");
        UpkeepRecipes.assertCount(scene, 2, "gc_task where ? > 0 and not_before > " + scene.now());
        assertEmptied(scene);
    }

    /// A segment was emptied just now, and none of those is named any more.
    private static void assertEmptied(Scene scene) throws Exception {
        assertThat(scene.number("count(*) from pack where ? > 0 and retired_at = " + scene.now()))
                .isPositive();
        for (var table : List.of("body", "body_text", "gc_task")) {
            UpkeepRecipes.assertNone(
                    scene,
                    "pack p join %s t on t.pack_id = p.pack_id where ? > 0 and p.state = 2"
                            .formatted(table));
        }
    }

    /// Emptied segments, and copies of the database that name none of them.
    private static void emptySegments(Scene scene) throws Exception {
        leaveLittle(scene);
        scene.run("segments");
        assertEmptied(scene);
        for (int i = 0; i < 2; i++) {
            scene.pass(Duration.ofHours(1));
            scene.copyDatabase();
        }
        scene.pass(Duration.ofHours(1));
    }

    /// Octets of which no row ever told, and a time in which somebody might have.
    private static void lose(Scene scene) {
        scene.lose(Scene.text("lost") + TestStores.noise(1, LOST));
        scene.pass(Duration.ofDays(2));
    }
}
