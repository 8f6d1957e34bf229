package org.postrider.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.postrider.storage.jdbc.StoreFixture.done;
import static org.postrider.storage.jdbc.StoreFixture.keywords;

import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.postrider.storage.mailbox.FlagChange;
import org.postrider.storage.mailbox.Flags;
import org.postrider.storage.mailbox.MailboxName;
import org.postrider.storage.mailbox.NewMessage;
import org.postrider.storage.mailbox.SpecialUse;
import org.postrider.storage.mailbox.SystemFlag;
import org.postrider.storage.mailbox.UidSet;
import org.postrider.storage.mailbox.Undelete.Destination;
import org.postrider.storage.testing.TestStores;

/// Every kind of change that somebody asks a store for. Changes of [#MANY] messages are large where
/// the threshold is as low.
final class Recipes {

    static final int MANY = 3;

    private static final UidSet ONE = UidSet.of(2);
    private static final UidSet ALL = UidSet.range(1, 1_000_000);
    private static final MailboxName BOX = new MailboxName("Box");
    private static final FlagChange DELETED = new FlagChange.Add(Flags.of(SystemFlag.DELETED));

    private Recipes() {}

    /// Changes of messages, each of which is one command.
    static final List<Recipe> MESSAGES =
            List.of(
                    Recipe.of("deliver to one", scene -> scene.deliver("new")),
                    Recipe.of("deliver to several", scene -> scene.deliverToBoth(Scene.text("b"))),
                    Recipe.of(
                            "deliver a large message",
                            scene -> scene.deliverToBoth(TestStores.noise(1, 150_000))),
                    Recipe.of("append", scene -> scene.append(scene.inbox(), keywords("new")))
                            .after(Recipes::fill),
                    Recipe.of("append several", Recipes::appendTwo).after(Recipes::fill),
                    Recipe.of("copy one", scene -> copy(scene, ONE)).after(Recipes::fill),
                    Recipe.of("copy all", scene -> copy(scene, ALL)).after(Recipes::fill),
                    Recipe.of("move one", scene -> move(scene, ONE)).after(Recipes::fill),
                    Recipe.of("move all", scene -> move(scene, ALL)).after(Recipes::fill),
                    Recipe.of("flag one", scene -> replaceFlags(scene, ONE)).after(Recipes::fill),
                    Recipe.of("flag all", scene -> replaceFlags(scene, ALL)).after(Recipes::fill),
                    Recipe.of("more keywords than bits", Recipes::addKeywords)
                            .after(Recipes::fillWithKeywords),
                    Recipe.of("expunge one", scene -> expunge(scene, ONE))
                            .after(Recipes::fillWithDeleted),
                    Recipe.of("expunge all", scene -> expunge(scene, ALL))
                            .after(Recipes::fillWithDeleted));

    /// Changes of mailboxes, each of which is one command.
    static final List<Recipe> MAILBOXES =
            List.of(
                    Recipe.of("create a mailbox", scene -> scene.create("Above/Box")),
                    Recipe.of("rename a mailbox", scene -> rename(scene, "Box", "Other/Box"))
                            .after(scene -> {
                                scene.create("Box/Below");
                                scene.append(scene.box("Box"), keywords("kept"));
                            }),
                    Recipe.of("rename INBOX", scene -> rename(scene, "INBOX", "Old"))
                            .after(Recipes::fill),
                    Recipe.of("delete a mailbox", Recipes::deleteBox).after(Recipes::fillBox),
                    Recipe.of("give a mailbox a use", Recipes::setSpecialUse)
                            .after(scene -> scene.create("Box")),
                    Recipe.of(
                            "subscribe",
                            scene -> scene.store().mailboxes().subscribe(scene.owner.id(), BOX)),
                    Recipe.of(
                                    "unsubscribe",
                                    scene ->
                                            scene.store()
                                                    .mailboxes()
                                                    .unsubscribe(scene.owner.id(), BOX))
                            .after(scene ->
                                    scene.store().mailboxes().subscribe(scene.owner.id(), BOX)));

    /// Changes by POP3.
    static final List<Recipe> MAILDROPS =
            List.of(Recipe.of("update a maildrop", Recipes::updateMaildrop).after(Recipes::fill));

    /// What was removed comes back.
    static final List<Recipe> UNDELETIONS =
            List.of(
                    Recipe.of(
                                    "bring a message back",
                                    scene ->
                                            done(
                                                    scene.store()
                                                            .undelete()
                                                            .bringBack(
                                                                    scene.inbox(),
                                                                    ONE,
                                                                    new Destination.Original())))
                            .after(scene -> {
                                fill(scene);
                                scene.expunge(scene.inbox(), ONE);
                            }),
                    Recipe.of("bring a moment of a mailbox back", Recipes::bringMomentBack)
                            .after(scene -> {
                                fill(scene);
                                scene.pass(java.time.Duration.ofHours(2));
                                scene.expunge(scene.inbox(), ALL);
                            }),
                    Recipe.of("bring a deleted mailbox back", Recipes::bringMailboxBack)
                            .after(scene -> {
                                fillBox(scene);
                                deleteBox(scene);
                            }));

    // ---- what is there before

    static void fill(Scene scene) {
        scene.deliver("one", "two", "three", "four");
    }

    private static void fillWithDeleted(Scene scene) {
        fill(scene);
        scene.flag(scene.inbox(), UidSet.range(1, 3), DELETED);
    }

    private static void fillWithKeywords(Scene scene) {
        fill(scene);
        scene.flag(scene.inbox(), UidSet.of(1), new FlagChange.Add(words(0, 70)));
        scene.flag(scene.inbox(), UidSet.of(2), new FlagChange.Add(words(60, 68)));
    }

    private static void fillBox(Scene scene) {
        var box = scene.create("Box");
        scene.append(box, Flags.of(SystemFlag.SEEN), keywords("$A", "$B"), Flags.NONE, Flags.NONE);
    }

    private static Flags words(int from, int to) {
        return new Flags(Set.of(), IntStream.range(from, to).mapToObj(i -> "word" + i).toList());
    }

    // ---- changes

    private static void appendTwo(Scene scene) {
        try (var one = TestStores.staged(scene.store(), Scene.text("a"));
                var two = TestStores.staged(scene.store(), Scene.text("b"))) {
            var messages =
                    List.of(
                            new NewMessage(one, Flags.NONE, StoreFixture.NOON),
                            new NewMessage(two, keywords("two"), StoreFixture.NOON));
            done(scene.store().messages().append(scene.inbox(), messages));
        }
    }

    private static void copy(Scene scene, UidSet uids) {
        done(scene.store().messages().copy(scene.inbox(), uids, scene.box("Archive")));
    }

    private static void move(Scene scene, UidSet uids) {
        done(scene.store().messages().move(scene.inbox(), uids, scene.box("Archive")));
    }

    private static void replaceFlags(Scene scene, UidSet uids) {
        scene.flag(scene.inbox(), uids, new FlagChange.Replace(keywords("replaced")));
    }

    /// More sets of keywords than there were.
    private static void addKeywords(Scene scene) {
        scene.flag(scene.inbox(), UidSet.range(1, 2), new FlagChange.Add(words(68, 80)));
    }

    private static void expunge(Scene scene, UidSet uids) {
        done(scene.store().messages().expunge(scene.inbox(), uids));
    }

    private static void rename(Scene scene, String from, String to) {
        done(
                scene.store()
                        .mailboxes()
                        .rename(scene.owner.id(), new MailboxName(from), new MailboxName(to)));
    }

    private static void deleteBox(Scene scene) {
        done(scene.store().mailboxes().delete(scene.owner.id(), BOX));
    }

    private static void setSpecialUse(Scene scene) {
        done(scene.store().mailboxes().setSpecialUse(scene.owner.id(), BOX, SpecialUse.FLAGGED));
    }

    private static void updateMaildrop(Scene scene) {
        done(scene.opened().update(UidSet.range(2, 3), UidSet.of(1)));
    }

    private static void bringMomentBack(Scene scene) {
        var moment = java.time.Instant.ofEpochMilli(scene.now()).minusSeconds(3_600);
        var back =
                scene.store()
                        .undelete()
                        .bringBack(scene.inbox(), moment, new Destination.Original());
        assertThat(done(back).sources()).isEqualTo(UidSet.range(1, 4));
    }

    private static void bringMailboxBack(Scene scene) {
        var from = scene.store().undelete().mailboxes(scene.owner.id()).getFirst().mailbox();
        done(scene.store().undelete().bringBack(from, ALL, new Destination.Original()));
    }
}
