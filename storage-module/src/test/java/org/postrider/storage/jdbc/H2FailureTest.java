package org.postrider.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.postrider.storage.StoreSettings;

/// Failing statements of the embedded database.
class H2FailureTest extends FailureContract {

    @Override
    StoreSettings database(Path directory) {
        return StoreSettings.embedded(directory);
    }

    @ParameterizedTest
    @FieldSource("org.postrider.storage.jdbc.BodyCareRecipes#OF_SEGMENTS")
    void theCareForSegmentsIsTakenWhollyOrNotAtAll(Recipe recipe) throws Exception {
        assertMadeWhollyOrNotAtAll(recipe);
        assertEveryFileIsCounted();
    }

    /// Once nobody writes to them any more, and what failed has been cleared away.
    private void assertEveryFileIsCounted() throws Exception {
        for (int i = 0; i < 2; i++) {
            reopen();
            ((JdbcStore) store).upkeep().run("segments");
        }
        List<Long> counted =
                ((JdbcStore) store)
                        .read(session ->
                                session.query("select pack_id from pack", row -> row.getLong(1)));
        assertThat(files()).containsExactlyInAnyOrderElementsOf(counted);
    }

    private List<Long> files() throws IOException {
        try (var files = Files.list(directory.resolve("segments"))) {
            return files.map(file -> file.getFileName().toString().replace(".seg", ""))
                    .map(Long::valueOf)
                    .collect(Collectors.toList());
        }
    }
}
