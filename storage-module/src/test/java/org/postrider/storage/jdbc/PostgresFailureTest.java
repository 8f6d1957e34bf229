package org.postrider.storage.jdbc;

import java.nio.file.Path;
import org.postrider.storage.StoreSettings;
import org.postrider.storage.testing.TestPostgres;

/// Failing statements of PostgreSQL.
class PostgresFailureTest extends FailureContract {

    @Override
    StoreSettings database(Path directory) {
        return TestPostgres.fresh(directory);
    }
}
