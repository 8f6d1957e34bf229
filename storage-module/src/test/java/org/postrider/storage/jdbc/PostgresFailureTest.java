package org.postrider.storage.jdbc;

import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.postrider.storage.StoreSettings;
import org.postrider.storage.testing.TestPostgres;

/// Failing statements of PostgreSQL.
class PostgresFailureTest extends FailureContract {

    @Override
    StoreSettings database(Path directory) {
        return TestPostgres.fresh(directory);
    }

    @ParameterizedTest
    @FieldSource("org.postrider.storage.jdbc.BodyCareRecipes#OF_CHUNKS")
    void theCareForChunksIsTakenWhollyOrNotAtAll(Recipe recipe) throws Exception {
        assertMadeWhollyOrNotAtAll(recipe);
    }
}
