package org.postrider.storage.jdbc;

import java.nio.file.Path;
import org.postrider.storage.StoreSettings;

/// Failing statements of the embedded database.
class H2FailureTest extends FailureContract {

    @Override
    StoreSettings database(Path directory) {
        return StoreSettings.embedded(directory);
    }
}
