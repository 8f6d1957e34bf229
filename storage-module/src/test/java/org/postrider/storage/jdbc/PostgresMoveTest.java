package org.postrider.storage.jdbc;

import java.nio.file.Path;
import org.postrider.storage.StoreSettings;
import org.postrider.storage.testing.TestPostgres;

/// Moving on PostgreSQL.
class PostgresMoveTest extends MoveContract {

    @Override
    StoreSettings settings(Path directory) {
        return TestPostgres.fresh(directory);
    }
}
