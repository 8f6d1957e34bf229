package org.postrider.storage.jdbc;

import java.nio.file.Path;
import org.postrider.storage.StoreSettings;
import org.postrider.storage.testing.TestPostgres;

/// Upgrades on PostgreSQL, where all missing migrations are one transaction.
class PostgresUpgradeTest extends UpgradeContract {

    @Override
    StoreSettings settings(Path directory) {
        return TestPostgres.fresh(directory);
    }

    @Override
    String database() {
        return "postgresql";
    }
}
