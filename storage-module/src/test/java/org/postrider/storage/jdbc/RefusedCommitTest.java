package org.postrider.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postrider.storage.StoreSettings;
import org.postrider.storage.mailbox.StoreUnavailable;
import org.postrider.storage.testing.TestPostgres;

/// A commit that PostgreSQL itself refuses, as on a full disk, has not happened, and the store goes
/// on.
class RefusedCommitTest extends StoreFixture {

    @Override
    StoreSettings settings(Path directory) {
        return TestPostgres.fresh(directory);
    }

    @ParameterizedTest
    @ValueSource(strings = {"53100", "40001", "40P01", "57014"})
    void theCommandFailsAndTheNextOneDoesNot(String state) throws Exception {
        deliver(alice, "", MESSAGE);
        refuseCommits(state);
        assertThatExceptionOfType(StoreUnavailable.class)
                .isThrownBy(() -> deliver(alice, "", MESSAGE));
        assertThat(view(inbox(alice)).size()).isEqualTo(1);
        execute("drop trigger refusing on feed");
        deliver(alice, "", MESSAGE);
        assertThat(view(inbox(alice)).size()).isEqualTo(2);
    }

    /// A trigger that is put off to the end makes COMMIT itself fail.
    private void refuseCommits(String state) throws SQLException {
        execute(
                """
                create or replace function refuse() returns trigger language plpgsql as $$
                begin
                  raise exception 'refused' using errcode = '%s';
                end $$
                """
                        .formatted(state));
        execute(
                """
                create constraint trigger refusing after insert on feed
                deferrable initially deferred for each row execute function refuse()
                """);
    }

    private void execute(String sql) throws SQLException {
        try (var connection =
                        DriverManager.getConnection(
                                settings.url(), settings.user(), settings.password());
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
