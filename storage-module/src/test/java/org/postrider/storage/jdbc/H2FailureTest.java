package org.postrider.storage.jdbc;

import org.postrider.storage.StoreSettings;

import java.nio.file.Path;

/// Failing statements of the embedded database.
class H2FailureTest extends FailureContract {

    @Override
    StoreSettings database(Path directory) {
        return StoreSettings.embedded(directory);
    }
}
