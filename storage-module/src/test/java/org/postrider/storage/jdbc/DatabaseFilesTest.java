package org.postrider.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postrider.storage.StoreSettings;
import org.postrider.storage.jdbc.database.UpgradeCopy;
import org.postrider.storage.jdbc.journal.DatabaseFiles;

/// What is done with whole files of the database is on the disk in the order in which it was done.
class DatabaseFilesTest {

    @TempDir Path directory;

    /// A damaged database without its journal might open, as it was before its last groups.
    @Test
    void aDatabaseIsNeverPutAsideWithoutItsJournal() throws Exception {
        var place = Files.createDirectory(directory.resolve("disk"));
        var database = place.resolve("postrider.mv.db");
        Files.writeString(database, "rows");
        Files.writeString(place.resolve("postrider.mv.db.journal"), "last rows");
        try (var disk = new ForgetfulDisk(place)) {
            var images = images(disk);
            DatabaseFiles.of(disk.url()).moveDatabase(database, place.resolve("aside"));
            for (var image : images) {
                assertThat(
                                !Files.exists(image.resolve("postrider.mv.db"))
                                        || Files.exists(image.resolve("postrider.mv.db.journal")))
                        .as(image.toString())
                        .isTrue();
            }
            assertThat(images).hasSizeGreaterThan(4);
        }
        assertThat(place.resolve("aside")).hasContent("rows");
        assertThat(place.resolve("aside.journal")).hasContent("last rows");
    }

    @Test
    void aCopyHasItsNameOnlyAsAWhole() throws Exception {
        var place = Files.createDirectory(directory.resolve("disk"));
        var database = place.resolve("postrider.mv.db");
        Files.writeString(database, "rows".repeat(1_000_000));
        try (var disk = new ForgetfulDisk(place)) {
            var files = DatabaseFiles.of(disk.url());
            var images = images(disk);
            files.copy(database, place.resolve("part"));
            files.move(place.resolve("part"), place.resolve("copy"));
            for (var image : images) {
                if (Files.exists(image.resolve("copy"))) {
                    assertThat(image.resolve("copy")).hasSameBinaryContentAs(database);
                }
            }
        }
        assertThat(place.resolve("copy")).hasSameBinaryContentAs(database);
    }

    /// The copy of a store before its first tables is empty: were it found again after a power cut,
    /// it would take the place of all that came after.
    @Test
    void theCopyBeforeAnUpgradeDoesNotComeBack() throws Exception {
        var place = directory.resolve("disk");
        var image = directory.resolve("image");
        try (var disk = new ForgetfulDisk(place)) {
            var settings = StoreSettings.of(disk.url(), "postrider", "", place);
            try (var store =
                    JdbcStore.open(settings, InstantSource.system(), disk.segmentFiles())) {
                new ModelSession("s", 1, store).begin();
                disk.cut(new SplittableRandom(1), ForgetfulDisk.Loss.ALL, image);
            }
        }
        try (var files = Files.list(image)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .contains("postrider.mv.db")
                    .noneMatch(name -> name.contains(UpgradeCopy.SUFFIX));
        }
    }

    /// What is left on the disk if the power goes after one of the coming writes and forces: if all
    /// that is not forced is lost, and if nothing is.
    private List<Path> images(ForgetfulDisk disk) {
        var images = new ArrayList<Path>();
        var random = new SplittableRandom(1);
        disk.watch(() -> {
            try {
                for (var loss : List.of(ForgetfulDisk.Loss.ALL, ForgetfulDisk.Loss.NONE)) {
                    var image = directory.resolve("image" + images.size());
                    disk.cut(random, loss, image);
                    images.add(image);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        return images;
    }
}
