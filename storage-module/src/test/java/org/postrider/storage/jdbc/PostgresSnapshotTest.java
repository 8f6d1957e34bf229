package org.postrider.storage.jdbc;

import java.nio.file.Path;
import org.postrider.storage.StoreSettings;
import org.postrider.storage.testing.TestPostgres;

class PostgresSnapshotTest extends SnapshotContract {

    @Override
    StoreSettings database(Path directory) {
        return TestPostgres.fresh(directory);
    }
}
