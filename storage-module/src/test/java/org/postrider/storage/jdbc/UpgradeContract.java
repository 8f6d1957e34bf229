package org.postrider.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postrider.storage.Store;
import org.postrider.storage.StoreSettings;
import org.postrider.storage.blob.SegmentFiles;
import org.postrider.storage.jdbc.database.Dialect;
import org.postrider.storage.jdbc.database.H2Dialect;
import org.postrider.storage.jdbc.database.PostgresDialect;
import org.postrider.storage.jdbc.database.SchemaUpgrade;
import org.postrider.storage.mailbox.StoreUnavailable;
import org.postrider.storage.testing.TestStores;

/// A store that an earlier version wrote is there as it was, and an upgrade that fails leaves it
/// so.
abstract class UpgradeContract {

    /// The first schema that anybody's mail was in: its two migrations came together.
    private static final int FIRST_SCHEMA = 2;

    /// Before anything that the fixtures expunged may be purged.
    private static final InstantSource SAME_WEEK =
            InstantSource.fixed(Instant.parse("2026-03-02T00:00:00Z"));

    @TempDir Path directory;

    /// Where a fresh store goes.
    abstract StoreSettings settings(Path directory);

    abstract String database();

    @Test
    void whatEachEarlierSchemaHeldIsThere() throws Exception {
        for (int version = FIRST_SCHEMA; version < newest(); version++) {
            var settings = settings(directory.resolve("v" + version));
            var shown = UpgradeFixture.load(settings, version);
            try (var store = JdbcStore.open(settings, SAME_WEEK)) {
                assertThat(StoreText.of(store, UpgradeHistory.ADDRESSES)).isEqualTo(shown);
            }
            Invariants.assertHold(settings);
            goesOn(settings);
            Invariants.assertHold(settings);
        }
    }

    /// Everything can be done with what the earlier version left.
    private static void goesOn(StoreSettings settings) {
        try (var store = JdbcStore.open(settings, SAME_WEEK)) {
            for (var address : UpgradeHistory.ADDRESSES) {
                UpgradeHistory.goOn(store, TestStores.account(store, address));
            }
        }
    }

    /// Whoever adds a migration keeps data of the schema before it, as [UpgradeFixture] says.
    @Test
    void thereIsDataOfEachEarlierSchemaAndNoReleasedMigrationChanged() throws Exception {
        var settings = settings(directory);
        open(settings).close();
        var today = new UpgradeFixture(settings).applied();
        for (int version = FIRST_SCHEMA; version < newest(); version++) {
            assertThat(UpgradeFixture.exists(version, database()))
                    .as("data of schema %d: see UpgradeFixture", version)
                    .isTrue();
            assertThat(today).containsAllEntriesOf(UpgradeFixture.migrations(version, database()));
        }
    }

    @Test
    void aMigrationThatFailsInTheMiddleLeavesTheStoreAsItWas() throws Exception {
        var settings = settings(directory);
        List<String> before;
        try (var store = open(settings)) {
            UpgradeHistory.run(store);
            before = StoreText.of(store, UpgradeHistory.ADDRESSES);
        }
        for (int attempt = 0; attempt < 2; attempt++) {
            assertThatThrownBy(() -> upgrade(settings, "classpath:db/failing"))
                    .isInstanceOf(StoreUnavailable.class)
                    .hasMessageContaining("cannot be brought to this version")
                    .hasMessageContaining("as they were");
        }
        try (var store = open(settings)) {
            assertThat(StoreText.of(store, UpgradeHistory.ADDRESSES)).isEqualTo(before);
        }
        Invariants.assertHold(settings);
        upgrade(settings, "classpath:db/later");
    }

    @Test
    void anOlderVersionRefusesTheStoreOfANewerOne() throws Exception {
        var settings = settings(directory);
        open(settings).close();
        upgrade(settings, "classpath:db/later");
        assertThatThrownBy(() -> open(settings))
                .isInstanceOf(StoreUnavailable.class)
                .hasMessage(
                        "the mail store was written by a newer Postrider (schema version 1001);"
                                + " start that version, or restore a backup");
        upgrade(settings, "classpath:db/later");
    }

    /// Brings a store to a version that has other migrations beside ours.
    static void upgrade(StoreSettings settings, String more) throws Exception {
        var dialect = dialect(settings);
        var migrations = new ArrayList<>(SchemaUpgrade.migrations(dialect));
        migrations.add(more);
        new SchemaUpgrade(settings, dialect, migrations, "latest").run();
    }

    private static Dialect dialect(StoreSettings settings) {
        return settings.isEmbedded()
                ? new H2Dialect(settings, SegmentFiles.ofSystem())
                : new PostgresDialect(settings, SAME_WEEK);
    }

    static Store open(StoreSettings settings) {
        return JdbcStore.open(settings, SAME_WEEK);
    }

    /// The number of the newest migration.
    private int newest() {
        var locations =
                List.of("classpath:db/migration/common", "classpath:db/migration/" + database());
        var numbers = new ArrayList<Integer>();
        for (var migration :
                Flyway.configure()
                        .dataSource("jdbc:h2:mem:", "", "")
                        .locations(locations.toArray(String[]::new))
                        .placeholderReplacement(false)
                        .load()
                        .info()
                        .all()) {
            numbers.add(Integer.valueOf(migration.getVersion().toString()));
        }
        return Collections.max(numbers);
    }
}
