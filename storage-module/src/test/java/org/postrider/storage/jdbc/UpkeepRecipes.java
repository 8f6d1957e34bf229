package org.postrider.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.postrider.storage.jdbc.retention.Retention;
import org.postrider.storage.mailbox.FlagChange;
import org.postrider.storage.mailbox.Flags;
import org.postrider.storage.mailbox.MailboxName;
import org.postrider.storage.mailbox.UidSet;
import org.postrider.storage.testing.TestStores;

/// Every kind of change that a store makes by itself: nobody sees a difference.
final class UpkeepRecipes {

    /// Octets of a message of which several fill a segment.
    private static final int LARGE = 8 << 10;

    private UpkeepRecipes() {}

    /// On every database.
    static final List<Recipe> ALL =
            List.of(
                    Recipe.of(
                                    "rows follow the log",
                                    scene -> scene.jdbc().lanes().catchUp(scene.owner.id().value()))
                            .after(UpkeepRecipes::fallBehind)
                            .proving(scene ->
                                    assertNone(
                                            scene,
                                            "mailbox_state where account_id = ?"
                                                    + " and applied_seq < 32767")),
                    Recipe.of("reap", scene -> scene.run(Retention.REAP))
                            .after(UpkeepRecipes::deleteFullBox)
                            .proving(scene -> {
                                assertNone(scene, "message where account_id = ?");
                                assertCount(scene, 4, "expunged where account_id = ?");
                            }),
                    Recipe.of("purge", scene -> scene.run(Retention.PURGE))
                            .after(scene -> {
                                scene.deliver("one", "two", "three");
                                scene.run("texts");
                                scene.expunge(scene.inbox(), UidSet.range(1, 2));
                                scene.pass(Duration.ofDays(8));
                            })
                            .proving(scene -> {
                                assertNone(scene, "expunged where account_id = ?");
                                assertCount(scene, 1, "message_meta where account_id = ?");
                                assertCount(scene, 1, "body where account_id = ?");
                                assertCount(scene, 1, "body_text where account_id = ?");
                            }),
                    Recipe.of("cut a log", scene -> scene.run(Retention.CUT_LOGS))
                            .after(scene -> {
                                deleteFullBox(scene);
                                scene.run(Retention.REAP);
                                scene.pass(Duration.ofDays(8));
                                scene.run(Retention.PURGE);
                                for (int i = 0; i < 40; i++) {
                                    scene.flag(
                                            scene.inbox(),
                                            UidSet.of(1),
                                            new FlagChange.Replace(StoreFixture.keywords("k" + i)));
                                    scene.deliver("a" + i);
                                }
                            })
                            .proving(scene -> {
                                assertThat(
                                                scene.number(
                                                        "count(distinct modseq) from change_log"
                                                                + " where account_id = ?"))
                                        .isEqualTo(40);
                                assertNone(
                                        scene,
                                        "mailbox where account_id = ? and live_name is null");
                            }),
                    Recipe.of("write pages", scene -> scene.run("snapshots"))
                            .after(scene -> {
                                Recipes.fill(scene);
                                StoreFixture.done(
                                                scene.store()
                                                        .mailboxes()
                                                        .follow(scene.inbox(), () -> {}))
                                        .close();
                            })
                            .proving(scene ->
                                    assertCount(scene, 1, "mailbox_snapshot where account_id = ?")),
                    Recipe.of("write some pages again", scene -> scene.run("snapshots"))
                            .after(scene -> {
                                var box = scene.create("Box");
                                var flags = new ArrayList<Flags>();
                                for (int i = 0; i < 1_100; i++) {
                                    flags.add(Flags.NONE);
                                }
                                scene.append(box, flags.toArray(Flags[]::new));
                                scene.text();
                                scene.run("snapshots");
                                for (int i = 0; i < 12; i++) {
                                    scene.append(box, Flags.NONE);
                                }
                            })
                            .proving(scene ->
                                    assertCount(
                                            scene,
                                            1,
                                            "mailbox_snapshot where account_id = ? and modseq >"
                                                    + " 4")),
                    Recipe.of("collect octets", scene -> scene.run("collection"))
                            .after(UpkeepRecipes::purgeLarge)
                            .proving(scene -> assertNone(scene, "gc_task where ? > 0")),
                    Recipe.of("keep texts", scene -> scene.run("texts"))
                            .after(Recipes::fill)
                            .proving(scene ->
                                    assertCount(scene, 4, "body_text where account_id = ?")),
                    Recipe.of("renew metas", UpkeepRecipes::renewMetas)
                            .after(UpkeepRecipes::leaveOldMetas)
                            .proving(UpkeepRecipes::assertRenewed),
                    Recipe.of("forget threads", UpkeepRecipes::forgetThreads)
                            .after(UpkeepRecipes::purgeOneOfTwoThreads)
                            .proving(UpkeepRecipes::assertForgotten));

    private static void fallBehind(Scene scene) {
        Recipes.fill(scene);
        scene.store().messages().copy(scene.inbox(), UidSet.range(1, 4), scene.box("Archive"));
        scene.flag(
                scene.inbox(),
                UidSet.range(1, 4),
                new FlagChange.Add(StoreFixture.keywords("behind")));
        scene.expunge(scene.inbox(), UidSet.range(2, 4));
        scene.deliver("five");
        scene.expunge(scene.box("Archive"), UidSet.range(1, 3));
    }

    private static void deleteFullBox(Scene scene) {
        var box = scene.create("Box");
        scene.append(box, Flags.NONE, Flags.NONE, Flags.NONE, Flags.NONE);
        scene.store().mailboxes().delete(scene.owner.id(), new MailboxName("Box"));
    }

    private static void purgeLarge(Scene scene) throws Exception {
        for (int i = 0; i < 8; i++) {
            scene.deliverToBoth(Scene.text("large") + TestStores.noise(i, LARGE));
        }
        scene.run("texts");
        scene.expunge(scene.inbox(), UidSet.range(1, 7));
        scene.flag(scene.inbox(), UidSet.of(8), new FlagChange.Add(StoreFixture.keywords("kept")));
        scene.pass(Duration.ofDays(8));
        scene.run(Retention.PURGE);
        scene.pass(Duration.ofDays(1));
    }

    /// As a store that an older version of this program has left.
    private static void leaveOldMetas(Scene scene) throws Exception {
        scene.deliverWhole(OldMeta.MESSAGE);
        scene.deliverWhole(OldMeta.MESSAGE);
        scene.changeRows(
                "update message_meta set meta = ?, thread_id = 0 where account_id = ?",
                OldMeta.coded(),
                scene.owner.id().value());
        scene.changeRows("delete from store_info where k = 'meta_version'");
        scene.reopen();
    }

    /// Each run looks at some more mailboxes.
    private static void renewMetas(Scene scene) throws Exception {
        while (scene.number("count(*) from store_info where ? > 0 and k = 'meta_version'") == 0) {
            scene.run("metas");
        }
    }

    private static void assertRenewed(Scene scene) throws Exception {
        var previews = new ArrayList<String>();
        scene.store()
                .messages()
                .read(
                        scene.inbox(),
                        UidSet.range(1, 2),
                        message -> {
                            assertThat(message.meta().isCurrent()).isTrue();
                            previews.add(message.preview());
                        });
        assertThat(previews).hasSize(2).containsOnly("Viele Grüße aus Köln");
        assertThat(
                        scene.number(
                                "count(distinct thread_id) from message_meta"
                                        + " where account_id = ? and thread_id <> 0"))
                .isEqualTo(1);
        assertNone(scene, "message_meta where account_id = ? and thread_id = 0");
    }

    /// Two messages of one thread, of which one is left, and one of another, which is gone.
    private static void purgeOneOfTwoThreads(Scene scene) throws Exception {
        scene.deliverWhole(answer("<first@x>", "<kept@x>"));
        scene.deliverWhole(answer("<second@x>", "<first@x>"));
        scene.deliverWhole(answer("<third@x>", "<gone@x>"));
        assertCount(scene, 5, "thread_ref where account_id = ?");
        scene.expunge(scene.inbox(), UidSet.of(1));
        scene.expunge(scene.inbox(), UidSet.of(3));
        scene.pass(Duration.ofDays(8));
        scene.run(Retention.PURGE);
    }

    private static String answer(String id, String to) {
        return "Message-ID: %s\r\nIn-Reply-To: %s\r\n\r\n".formatted(id, to);
    }

    /// Only a store of which it is known that every message has its thread forgets any.
    private static void forgetThreads(Scene scene) throws Exception {
        renewMetas(scene);
        scene.run(Retention.THREADS);
    }

    private static void assertForgotten(Scene scene) throws Exception {
        assertCount(scene, 1, "message_meta where account_id = ?");
        assertCount(scene, 3, "thread_ref where account_id = ?");
        assertNone(
                scene,
                """
                thread_ref t
                where t.account_id = ?
                    and not exists (
                        select 1
                        from message_meta m
                        where m.account_id = t.account_id and m.thread_id = t.thread_id)
                """);
    }

    static void assertNone(Scene scene, String from) throws Exception {
        assertCount(scene, 0, from);
    }

    static void assertCount(Scene scene, long count, String from) throws Exception {
        assertThat(scene.number("count(*) from " + from)).as(from).isEqualTo(count);
    }
}
