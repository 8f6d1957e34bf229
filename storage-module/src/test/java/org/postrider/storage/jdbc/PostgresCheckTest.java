package org.postrider.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.postrider.storage.StoreSettings;
import org.postrider.storage.testing.TestPostgres;

/// The checks of a store on PostgreSQL.
class PostgresCheckTest extends CheckContract {

    @Override
    StoreSettings settings(Path directory) {
        return TestPostgres.fresh(directory);
    }

    @Test
    void octetsThatAreNotThereAreToldForEachMessage() throws Exception {
        try (var connection = connection();
                var statement = connection.createStatement()) {
            statement.execute(
                    """
                    delete from body_chunk
                    where n = 0 and blob_id in (
                        select pack_off from body where account_id = 2 and size > 100000)
                    """);
        }
        assertThat(places(Invariants.violations(settings)))
                .containsExactly(
                        "B3 alice@example.test, mailbox INBOX, UID 8, body",
                        "B3 bob@example.test, mailbox INBOX, UID 3, body");
    }
}
