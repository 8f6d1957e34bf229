package org.postrider.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.postrider.storage.StoreSettings;
import org.postrider.storage.mailbox.UidSet;
import org.postrider.storage.testing.TestPostgres;

/// The contract on PostgreSQL.
class PostgresStoreTest extends StoreContract {

    @Override
    StoreSettings settings(Path directory) {
        return TestPostgres.fresh(directory);
    }

    @Test
    void aDeliveryOutlivesTheConnectionsThatTheServerCut() throws Exception {
        deliver(alice, "", MESSAGE);
        assertThat(read(inbox(alice), UidSet.of(1))).containsExactly(MESSAGE);
        cutConnections();
        deliver(alice, "", MESSAGE);
        assertThat(view(inbox(alice)).size()).isEqualTo(2);
        for (int i = 0; i < 10; i++) {
            assertThat(read(inbox(alice), UidSet.of(1))).containsExactly(MESSAGE);
        }
    }

    private void cutConnections() throws SQLException {
        try (var connection =
                        DriverManager.getConnection(
                                settings.url(), settings.user(), settings.password());
                var statement = connection.createStatement()) {
            statement.execute(
                    """
                    select pg_terminate_backend(pid)
                    from pg_stat_activity
                    where datname = current_database() and pid <> pg_backend_pid()
                    """);
        }
    }
}
