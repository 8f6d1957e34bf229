package org.postrider.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.postrider.storage.StoreLimits;
import org.postrider.storage.StoreSettings;
import org.postrider.storage.blob.SegmentFiles;

/// A store in which everything happens in small: segments are soon full, logs soon long, changes
/// soon large, every mailbox has pages, and all commands meet in one lane. Nothing happens by
/// itself.
abstract class RecipeFixture extends StoreFixture {

    /// All that are tried.
    static final List<Recipe> RECIPES =
            Stream.of(
                            Recipes.MESSAGES,
                            Recipes.MAILBOXES,
                            DirectoryRecipes.ALL,
                            Recipes.MAILDROPS,
                            Recipes.UNDELETIONS,
                            UpkeepRecipes.ALL)
                    .flatMap(List::stream)
                    .toList();

    private final TestClock clock = new TestClock();
    private int scenes;

    abstract StoreSettings database(Path directory);

    @Override
    StoreSettings settings(Path directory) {
        var limits = StoreLimits.USUAL;
        var memory =
                new StoreLimits.Memory(
                        64 << 10, 16 << 20, 1_000, new StoreLimits.Views(1 << 20, 1, 0));
        var usual = limits.writing();
        var oneLane =
                new StoreLimits.Writing(
                        1,
                        usual.groupCommands(),
                        usual.groupOctets(),
                        usual.waitingCommands(),
                        usual.readers());
        return database(directory)
                .withLimits(
                        limits.with(memory)
                                .with(oneLane)
                                .with(new StoreLimits.Bodies(64 << 10, 0))
                                .with(
                                        new StoreLimits.Retention(
                                                Duration.ofDays(7), Duration.ofDays(3_000), 40))
                                .with(
                                        new StoreLimits.Ranges(
                                                Recipes.MANY, Duration.ofDays(3_000))));
    }

    @Override
    InstantSource clock() {
        return clock;
    }

    @BeforeEach
    @Override
    void open() {
        settings = settings(directory);
        store = quiet();
    }

    @Override
    void reopen() {
        store.close();
        store = quiet();
    }

    private JdbcStore quiet() {
        try {
            return JdbcStore.openForRestore(settings, clock, SegmentFiles.ofSystem());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Scene scene() {
        return new Scene(this, clock, ++scenes);
    }

    /// How a recipe finds its scene, and how it leaves it when nothing fails.
    record Likeness(List<String> before, List<String> after) {}

    Likeness undisturbed(Recipe recipe) throws Exception {
        try (var scene = scene()) {
            recipe.before().take(scene);
            var before = scene.likeness();
            recipe.change().take(scene);
            recipe.proof().take(scene);
            return new Likeness(before, scene.likeness());
        }
    }

    // ---- groups

    /// Different commands, each of which goes straight to the lane.
    static final List<Recipe> GROUP =
            Stream.of(Recipes.MESSAGES, Recipes.MAILBOXES)
                    .flatMap(List::stream)
                    .filter(recipe ->
                            Set.of(
                                            "deliver to several",
                                            "append several",
                                            "copy all",
                                            "move one",
                                            "flag one",
                                            "more keywords than bits",
                                            "expunge all",
                                            "rename a mailbox",
                                            "delete a mailbox")
                                    .contains(recipe.name()))
                    .toList();

    /// A command of a group.
    record Member(Recipe recipe, Scene scene, Likeness expected) {}

    List<Likeness> expectedOfGroup() throws Exception {
        var expected = new ArrayList<Likeness>();
        for (var recipe : GROUP) {
            expected.add(undisturbed(recipe));
        }
        return expected;
    }

    List<Member> members(List<Likeness> expected) throws Exception {
        var members = new ArrayList<Member>();
        for (int i = 0; i < GROUP.size(); i++) {
            var scene = scene();
            GROUP.get(i).before().take(scene);
            scene.comeAgain();
            members.add(new Member(GROUP.get(i), scene, expected.get(i)));
        }
        return members;
    }

    static Callable<?> change(Member member) {
        return () -> {
            member.recipe().change().take(member.scene());
            return null;
        };
    }

    void assertDone(Member member, String where) throws Exception {
        assertThat(member.scene().likeness())
                .as("%s: %s", where, member.recipe())
                .isEqualTo(member.expected().after());
    }
}
