package org.postrider.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.postrider.storage.StoreSettings;
import org.postrider.storage.testing.TestPostgres;

/// When the answer to a commit gets lost, the store finds out whether it took place, and whatever
/// was asked for is done once either way.
class CommitInDoubtTest extends RecipeFixture {

    private static final List<CuttingProxy.Cut> CUTS =
            List.of(CuttingProxy.Cut.BEFORE_THE_COMMIT, CuttingProxy.Cut.AFTER_THE_COMMIT);

    private StoreSettings direct;
    private CuttingProxy proxy;

    @BeforeEach
    @Override
    void open() {
        direct = TestPostgres.fresh(directory);
        var server = server();
        try {
            proxy = new CuttingProxy(server.getHost(), server.getPort());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        super.open();
    }

    private URI server() {
        return URI.create(direct.url().substring("jdbc:".length()));
    }

    /// Without prepared statements the proxy sees every COMMIT as text.
    @Override
    StoreSettings database(Path place) {
        return StoreSettings.of(
                        "jdbc:postgresql://127.0.0.1:%d%s?prepareThreshold=0"
                                .formatted(proxy.port(), server().getPath()),
                        direct.user(),
                        direct.password(),
                        place)
                .allowingUnsafeDatabase();
    }

    @AfterEach
    @Override
    void close() throws Exception {
        super.close();
        proxy.close();
    }

    @ParameterizedTest
    @FieldSource({"RECIPES", "org.postrider.storage.jdbc.BodyCareRecipes#OF_CHUNKS"})
    void whicheverCommitIsInDoubtTheChangeIsMadeOnce(Recipe recipe) throws Exception {
        var expected = undisturbed(recipe);
        for (var cut : CUTS) {
            int commits = 0;
            while (isMadeThough(commits + 1, cut, recipe, expected)) {
                commits++;
            }
            assertThat(commits).as("%s", cut).isPositive();
        }
    }

    /// @return whether there was a commit to cut
    private boolean isMadeThough(int n, CuttingProxy.Cut cut, Recipe recipe, Likeness expected)
            throws Exception {
        try (var scene = scene()) {
            recipe.before().take(scene);
            proxy.cut(n, cut);
            recipe.change().take(scene);
            boolean hasCut = proxy.stop();
            assertThat(scene.likeness()).as("%s, commit %d", cut, n).isEqualTo(expected.after());
            recipe.proof().take(scene);
            return hasCut;
        }
    }

    @Test
    void aGroupInDoubtIsDoneOnce() throws Exception {
        var expected = expectedOfGroup();
        for (var cut : CUTS) {
            var members = members(expected);
            try (var lane = new HeldLane((JdbcStore) store)) {
                members.forEach(member -> lane.ask(change(member)));
                proxy.cut(1, cut);
                assertThat(lane.release()).containsOnly(Optional.empty());
            }
            assertThat(proxy.stop()).isTrue();
            for (var member : members) {
                assertDone(member, cut.toString());
            }
        }
    }
}
