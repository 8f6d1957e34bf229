package org.postrider.storage.jdbc;

import java.nio.file.Path;
import org.postrider.storage.StoreSettings;

/// Histories on the embedded database.
class H2HistoryTest extends HistoryContract {

    @Override
    StoreSettings settings(Path directory) {
        return StoreSettings.embedded(directory);
    }
}
