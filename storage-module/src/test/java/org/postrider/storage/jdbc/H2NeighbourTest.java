package org.postrider.storage.jdbc;

import java.nio.file.Path;
import org.postrider.storage.StoreSettings;

/// Groups of commands on the embedded database.
class H2NeighbourTest extends NeighbourContract {

    @Override
    StoreSettings database(Path directory) {
        return StoreSettings.embedded(directory);
    }
}
