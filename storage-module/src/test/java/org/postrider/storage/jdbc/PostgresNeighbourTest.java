package org.postrider.storage.jdbc;

import org.postrider.storage.StoreSettings;
import org.postrider.storage.testing.TestPostgres;

import java.nio.file.Path;

/// Groups of commands on PostgreSQL.
class PostgresNeighbourTest extends NeighbourContract {

    @Override
    StoreSettings database(Path directory) {
        return TestPostgres.fresh(directory);
    }
}
