package org.postrider.storage.jdbc;

import java.nio.file.Path;
import org.postrider.storage.StoreSettings;

class H2SnapshotTest extends SnapshotContract {

    @Override
    StoreSettings database(Path directory) {
        return StoreSettings.embedded(directory);
    }
}
