package org.postrider.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.postrider.storage.mailbox.StoreUnavailable;

/// Whichever statement of whichever change fails: who asked for it is told so, nothing of it is
/// there, and when it is asked for again, it is done as if nothing had happened. What was damaged
/// would stay, so the invariants are looked at when all statements have failed.
abstract class FailureContract extends RecipeFixture {

    private static final int MOST_STATEMENTS = 200;

    /// Beside the lane the same is asked of every account, and there are more each time.
    private static final int MOST_BESIDE = 8;

    private static FailingDriver driver;

    @BeforeAll
    static void install() throws Exception {
        driver = FailingDriver.install();
    }

    @AfterAll
    static void remove() throws Exception {
        driver.close();
    }

    @ParameterizedTest
    @FieldSource("RECIPES")
    void whicheverStatementFailsTheChangeIsMadeWhollyOrNotAtAll(Recipe recipe) throws Exception {
        assertMadeWhollyOrNotAtAll(recipe);
    }

    final void assertMadeWhollyOrNotAtAll(Recipe recipe) throws Exception {
        var expected = undisturbed(recipe);
        for (var mode : FailingDriver.Mode.values()) {
            int statements = 0;
            while (statements < most(mode) && failsAt(statements + 1, mode, recipe, expected)) {
                statements++;
            }
            if (mode != FailingDriver.Mode.BESIDE) {
                assertThat(statements).as("that failed, %s", mode).isBetween(1, most(mode) - 1);
            }
        }
    }

    private static int most(FailingDriver.Mode mode) {
        return mode == FailingDriver.Mode.BESIDE ? MOST_BESIDE : MOST_STATEMENTS;
    }

    /// @return whether there was a statement to fail
    private boolean failsAt(int n, FailingDriver.Mode mode, Recipe recipe, Likeness expected)
            throws Exception {
        try (var scene = scene()) {
            recipe.before().take(scene);
            driver.fail(n, mode);
            var failure = catchThrowable(() -> recipe.change().take(scene));
            boolean failed = driver.stop();
            var where = "%s, statement %d".formatted(mode, n);
            if (failure != null) {
                assertThat(failed && isToldOf(mode)).as(where).isTrue();
                assertThat(failure).as(where).isInstanceOf(StoreUnavailable.class);
                again(scene, recipe, expected.before(), where);
            }
            assertThat(scene.likeness()).as(where).isEqualTo(expected.after());
            recipe.proof().take(scene);
            return failed;
        }
    }

    /// What fails once for the lane, is tried again by the lane.
    private static boolean isToldOf(FailingDriver.Mode mode) {
        return switch (mode) {
            case ONCE -> false;
            case TWICE, BESIDE -> true;
        };
    }

    /// When it was the commit that failed, and the lane could not look whether it was one, the
    /// change may have been made.
    private void again(Scene scene, Recipe recipe, List<String> before, String where)
            throws Exception {
        scene.comeAgain();
        var found = scene.likeness();
        boolean made = driver.wasInDoubt() && !found.equals(before);
        if (!made) {
            assertThat(found).as(where).isEqualTo(before);
            recipe.change().take(scene);
        }
    }
}
