package org.postrider.storage.jdbc;

import java.nio.file.Path;
import org.postrider.storage.StoreSettings;

/// Moving on the embedded database.
class H2MoveTest extends MoveContract {

    @Override
    StoreSettings settings(Path directory) {
        return StoreSettings.embedded(directory);
    }
}
