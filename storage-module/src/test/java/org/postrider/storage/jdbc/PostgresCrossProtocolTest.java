package org.postrider.storage.jdbc;

import java.nio.file.Path;
import org.postrider.storage.StoreSettings;
import org.postrider.storage.testing.TestPostgres;

/// The rules between protocols on PostgreSQL.
class PostgresCrossProtocolTest extends CrossProtocolContract {

    @Override
    StoreSettings settings(Path directory) {
        return TestPostgres.fresh(directory);
    }
}
