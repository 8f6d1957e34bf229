package org.postrider.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.postrider.storage.StoreSettings;
import org.postrider.storage.jdbc.database.UpgradeCopy;
import org.postrider.storage.jdbc.journal.DatabaseFiles;
import org.postrider.storage.mailbox.StoreUnavailable;

/// Upgrades of the embedded database, whose file is copied aside meanwhile.
class H2UpgradeTest extends UpgradeContract {

    private static final String FILE = "postrider.mv.db";

    @Override
    StoreSettings settings(Path directory) {
        return StoreSettings.embedded(directory);
    }

    @Override
    String database() {
        return "h2";
    }

    @Test
    void theCopyIsThereOnlyWhileTheTablesAreChanged() throws Exception {
        var settings = settings(directory);
        open(settings).close();
        assertThatThrownBy(() -> upgrade(settings, "classpath:db/failing"))
                .isInstanceOf(StoreUnavailable.class);
        assertThat(directory).isDirectoryNotContaining("glob:**" + UpgradeCopy.SUFFIX + "*");
        upgrade(settings, "classpath:db/later");
        assertThat(directory).isDirectoryNotContaining("glob:**" + UpgradeCopy.SUFFIX + "*");
    }

    /// A process that was killed while it changed the tables leaves the copy.
    @Test
    void aCopyThatIsFoundIsPutBack() throws Exception {
        var settings = settings(directory);
        open(settings).close();
        Files.copy(directory.resolve(FILE), directory.resolve(FILE + UpgradeCopy.SUFFIX));
        Files.writeString(directory.resolve(FILE), "half of a change");
        open(settings).close();
        assertThat(directory).isDirectoryNotContaining("glob:**" + UpgradeCopy.SUFFIX);
    }

    @Test
    void noUpgradeBeginsWithoutRoomForIt() throws Exception {
        var settings = settings(directory);
        open(settings).close();
        var file = directory.resolve(FILE);
        long size = Files.size(file);
        var files = DatabaseFiles.of(settings.url());
        assertThatThrownBy(() -> new UpgradeCopy(file, files, () -> 2 * size - 1).take())
                .isInstanceOf(StoreUnavailable.class)
                .hasMessageContaining("MB of room in " + directory)
                .hasMessageEndingWith("nothing was changed");
        new UpgradeCopy(file, files, () -> 2 * size).take();
        assertThat(directory.resolve(FILE + UpgradeCopy.SUFFIX)).hasSameBinaryContentAs(file);
    }
}
