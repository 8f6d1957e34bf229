package org.postrider.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postrider.storage.StoreSettings;
import org.postrider.storage.mailbox.StoreUnavailable;
import org.postrider.storage.testing.TestPostgres;
import org.postrider.storage.testing.TestStores;

/// What a store says when it cannot be opened, and that it finds what it had.
class OpeningTest {

    @TempDir Path directory;

    @Test
    void aSecondOpeningFindsWhatTheFirstLeft() {
        var settings = StoreSettings.embedded(directory);
        try (var store = JdbcStore.open(settings, InstantSource.system())) {
            TestStores.account(store, "alice@example.test");
        }
        try (var store = JdbcStore.open(settings, InstantSource.system())) {
            var alice = TestStores.account(store, "alice@example.test");
            assertThat(alice.id().value()).isEqualTo(1);
            assertThat(TestStores.account(store, "bob@example.test").id().value()).isEqualTo(2);
        }
    }

    @Test
    void aStoreThatAnotherProcessHasOpenSaysSo() throws Exception {
        var settings = StoreSettings.embedded(directory);
        JdbcStore.open(settings, InstantSource.system()).close();
        var holder =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                Holder.class.getName(),
                                directory.toString())
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        try (var lines = holder.inputReader()) {
            assertThat(lines.readLine()).isEqualTo("open");
            assertThatThrownBy(() -> JdbcStore.open(settings, InstantSource.system()))
                    .isInstanceOf(StoreUnavailable.class)
                    .hasMessageContaining("in use by another process");
        } finally {
            holder.destroyForcibly();
            holder.onExit().join();
        }
    }

    @Test
    void aStoreOfANewerVersionIsRefused() throws Exception {
        var settings = StoreSettings.embedded(directory);
        JdbcStore.open(settings, InstantSource.system()).close();
        try (var connection =
                        DriverManager.getConnection(
                                settings.url(), settings.user(), settings.password());
                var statement = connection.createStatement()) {
            statement.execute(
                    """
                    insert into "flyway_schema_history" ("installed_rank", "version", "description",
                        "type", "script", "checksum", "installed_by", "execution_time", "success")
                    values (99, '99', 'from the future', 'SQL', 'V99__future.sql', 1, 'me', 1, true)
                    """);
        }
        assertThatThrownBy(() -> JdbcStore.open(settings, InstantSource.system()))
                .isInstanceOf(StoreUnavailable.class)
                .hasMessageContaining("newer Postrider")
                .hasMessageContaining("99");
    }

    @Test
    void aServerThatDoesNotForceIsRefused() {
        var unsafe = TestPostgres.fresh(directory);
        var strict = StoreSettings.of(unsafe.url(), unsafe.user(), unsafe.password(), directory);
        assertThatThrownBy(() -> JdbcStore.open(strict, InstantSource.system()))
                .isInstanceOf(StoreUnavailable.class)
                .hasMessageContaining("fsync = off");
    }

    @Test
    void theStoreChoosesTheSettingsOfH2() {
        assertThatThrownBy(() ->
                        StoreSettings.of("jdbc:h2:file:/x;WRITE_DELAY=9", "sa", "", directory))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the URL must have none");
    }

    /// A process that has a store open until it is ended.
    static final class Holder {

        private Holder() {}

        /// @param arguments the data directory
        public static void main(String[] arguments) throws InterruptedException {
            var settings = StoreSettings.embedded(Path.of(arguments[0]));
            try (var _ = JdbcStore.open(settings, InstantSource.system())) {
                System.out.println("open");
                Thread.currentThread().join();
            }
        }
    }
}
