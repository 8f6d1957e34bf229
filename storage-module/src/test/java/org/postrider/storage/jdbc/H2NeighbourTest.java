package org.postrider.storage.jdbc;

import org.postrider.storage.StoreSettings;

import java.nio.file.Path;

/// Groups of commands on the embedded database.
class H2NeighbourTest extends NeighbourContract {

    @Override
    StoreSettings database(Path directory) {
        return StoreSettings.embedded(directory);
    }
}
