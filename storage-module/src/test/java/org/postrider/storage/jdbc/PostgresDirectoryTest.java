package org.postrider.storage.jdbc;

import java.nio.file.Path;
import org.postrider.storage.StoreSettings;
import org.postrider.storage.testing.TestPostgres;

class PostgresDirectoryTest extends DirectoryContract {

    @Override
    StoreSettings settings(Path directory) {
        return TestPostgres.fresh(directory);
    }
}
