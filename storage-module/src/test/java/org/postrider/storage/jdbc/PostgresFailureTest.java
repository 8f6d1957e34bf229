package org.postrider.storage.jdbc;

import org.postrider.storage.StoreSettings;
import org.postrider.storage.testing.TestPostgres;

import java.nio.file.Path;

/// Failing statements of PostgreSQL.
class PostgresFailureTest extends FailureContract {

    @Override
    StoreSettings database(Path directory) {
        return TestPostgres.fresh(directory);
    }
}
