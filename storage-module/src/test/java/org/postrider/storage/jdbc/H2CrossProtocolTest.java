package org.postrider.storage.jdbc;

import java.nio.file.Path;
import org.postrider.storage.StoreSettings;

/// The rules between protocols on the embedded database.
class H2CrossProtocolTest extends CrossProtocolContract {

    @Override
    StoreSettings settings(Path directory) {
        return StoreSettings.embedded(directory);
    }
}
