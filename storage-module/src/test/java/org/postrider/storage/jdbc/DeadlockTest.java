package org.postrider.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.postrider.storage.StoreSettings;
import org.postrider.storage.mailbox.StoreUnavailable;
import org.postrider.storage.testing.TestPostgres;

/// When the server ends a deadlock by having a transaction of the store fail, whatever was asked
/// for is done once, or not at all and who asked is told so; the store goes on.
class DeadlockTest extends RecipeFixture {

    private static final String DEADLOCK = "40P01";

    /// What nobody else in the test does, while somebody waits here.
    private static final String GATE = "lock table message in share mode";

    /// The store looks for a deadlock as soon as it waits.
    @Override
    StoreSettings database(Path place) {
        var fresh = TestPostgres.fresh(place);
        try (var connection =
                        DriverManager.getConnection(fresh.url(), fresh.user(), fresh.password());
                var statement = connection.createStatement()) {
            statement.execute(
                    """
                    do $$ begin
                      execute format('alter database %I set deadlock_timeout = 10',
                                     current_database());
                    end $$
                    """);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return fresh;
    }

    // ---- rows in opposite order

    @Test
    void aVictimIsRunOnceMoreAndDoneOnce() throws Exception {
        var expected = undisturbed(DELIVERY);
        try (var scene = scene();
                var rival = new Rival(settings);
                var gate = new Rival(settings);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            rival.execute(mailbox(scene));
            gate.execute(GATE);
            var told = threads.submit(change(scene));
            meet(scene, rival, gate);
            assertThat(told.isDone()).isFalse();
            assertThat(messages(scene)).isZero();
            rival.letGo();
            assertThat(failure(told)).isNull();
            assertThat(scene.likeness()).isEqualTo(expected.after());
        }
    }

    @Test
    void aVictimTwiceIsToldSoAndNothingOfItIsThere() throws Exception {
        var expected = undisturbed(DELIVERY);
        try (var scene = scene();
                var rival = new Rival(settings);
                var gate = new Rival(settings);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            rival.execute(mailbox(scene));
            rival.execute("savepoint before_the_account");
            gate.execute(GATE);
            var told = threads.submit(change(scene));
            meet(scene, rival, gate);
            gate.execute(GATE);
            rival.execute("rollback to savepoint before_the_account");
            meet(scene, rival, gate);
            assertVictim(failure(told));
            rival.letGo();
            assertThat(scene.likeness()).isEqualTo(expected.before());
            DELIVERY.change().take(scene);
            assertThat(scene.likeness()).isEqualTo(expected.after());
        }
    }

    private static final Recipe DELIVERY = Recipe.of("deliver", scene -> scene.deliver("new"));

    private static Callable<?> change(Scene scene) {
        return () -> {
            DELIVERY.change().take(scene);
            return null;
        };
    }

    /// The rival has the mailbox and asks for the account; the store has the account and, past the
    /// gate, asks for the mailbox. The rival gets the account when the store's transaction failed.
    private static void meet(Scene scene, Rival rival, Rival gate) throws Exception {
        gate.awaitWaiter();
        rival.ask(
                "update account_state set modseq = modseq where account_id = "
                        + scene.owner.id().value());
        gate.letGo();
        rival.awaitAnswer();
    }

    private static String mailbox(Scene scene) {
        return "update mailbox_state set uidnext = uidnext where account_id = %d and mailbox_id = %d"
                .formatted(scene.owner.id().value(), scene.inbox().number());
    }

    private static long messages(Scene scene) throws SQLException {
        return scene.number("count(*) from message where account_id = ?");
    }

    private static @Nullable Throwable failure(Future<?> told) {
        var failure = catchThrowable(told::get);
        return failure == null ? null : failure.getCause();
    }

    // ---- whatever the store does

    /// What a lane has as long as it is there.
    private static final String LANE =
            """
            select pg_advisory_lock(classid::int, objid::int)
            from pg_locks
            where locktype = 'advisory'
                and database = (select oid from pg_database where datname = current_database())
            """;

    /// What nobody would miss after a crash.
    private static final Set<String> NOT_IN_THE_FEED =
            Set.of("open a maildrop", "keep a maildrop open", "give a maildrop back");

    /// Every group that must last ends with a row of the feed: all else it does is done by then.
    @ParameterizedTest
    @FieldSource({"RECIPES", "org.postrider.storage.jdbc.BodyCareRecipes#OF_CHUNKS"})
    void whateverIsTheVictimIsMadeWhollyOrNotAtAll(Recipe recipe) throws Exception {
        var expected = undisturbed(recipe);
        try (var scene = scene();
                var rival = new Rival(settings)) {
            recipe.before().take(scene);
            rival.execute("lock table feed in share mode");
            rival.ask(LANE);
            var failure = catchThrowable(() -> recipe.change().take(scene));
            rival.letGo();
            assertThat(failure == null).isEqualTo(NOT_IN_THE_FEED.contains(recipe.name()));
            if (failure != null) {
                assertVictim(failure);
                assertThat(scene.likeness()).isEqualTo(expected.before());
                recipe.change().take(scene);
            }
            assertThat(scene.likeness()).isEqualTo(expected.after());
            recipe.proof().take(scene);
        }
    }

    private static void assertVictim(@Nullable Throwable failure) {
        assertThat(failure).isInstanceOf(StoreUnavailable.class);
        assertThat(failure)
                .rootCause()
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo(DEADLOCK));
    }
}
