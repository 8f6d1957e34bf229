package org.postrider.storage.jdbc;

import java.nio.file.Path;
import org.postrider.storage.StoreSettings;

class H2DirectoryTest extends DirectoryContract {

    @Override
    StoreSettings settings(Path directory) {
        return StoreSettings.embedded(directory);
    }
}
