package org.postrider.storage.jdbc;

import java.nio.file.Path;
import org.postrider.storage.StoreSettings;
import org.postrider.storage.testing.TestPostgres;

/// Groups of commands on PostgreSQL.
class PostgresNeighbourTest extends NeighbourContract {

    @Override
    StoreSettings database(Path directory) {
        return TestPostgres.fresh(directory);
    }
}
