package org.postrider.storage.jdbc.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Properties;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postrider.storage.testing.TestPostgres;

/// Rows of several tables that go to a real PostgreSQL in one message.
class WrittenTogetherTest {

    private static final RowStatement NAMES =
            RowStatement.insert("name", "id bigint, octets bytea");
    private static final RowStatement AGES = RowStatement.insert("age", "id bigint, years int");
    private static final RowStatement OLDER = RowStatement.update("age", "years int", "id bigint");
    private static final RowStatement NO_NAME = RowStatement.delete("name", "id bigint");

    private Session session;
    private Batch batch;

    @BeforeEach
    void open(@TempDir Path directory) throws SQLException {
        var settings = TestPostgres.fresh(directory);
        var properties = new Properties();
        properties.setProperty("user", settings.user());
        properties.setProperty("password", settings.password());
        properties.setProperty("prepareThreshold", "1");
        var connection = DriverManager.getConnection(settings.url(), properties);
        connection.setAutoCommit(false);
        session = new Session(connection, true);
        batch = new Batch(session);
        session.update("create table name (id bigint primary key, octets bytea not null)");
        session.update("create table age (id bigint primary key, years smallint not null)");
        session.commit();
    }

    @AfterEach
    void close() throws SQLException {
        session.close();
    }

    private static List<Long> numbers(int count) {
        return LongStream.range(0, count).boxed().toList();
    }

    private void write(RowStatement statement, int count, Function<Long, Object[]> values)
            throws SQLException {
        batch.write(statement, numbers(count), values);
    }

    private void people(int count) throws SQLException {
        write(NAMES, count, id -> new Object[] {id, new byte[] {1, 0, -1}});
        write(AGES, count, id -> new Object[] {id, 40});
    }

    private String state() throws SQLException {
        return session.queryOne(
                        """
                        select concat(
                            (select count(*) from name), ' ',
                            (select coalesce(sum(years), 0) from age))
                        """,
                        row -> row.getString(1))
                .orElseThrow();
    }

    @Test
    void whoReadsFindsWhatWaits() throws SQLException {
        for (int count : new int[] {1, 3}) {
            people(count);
            assertThat(state()).isEqualTo(count + " " + 40 * count);
            write(OLDER, count, id -> new Object[] {41, id});
            write(NO_NAME, count, id -> new Object[] {id});
            assertThat(state()).isEqualTo("0 " + 41 * count);
            session.rollback();
        }
    }

    @Test
    void aCommitHasItWritten() throws SQLException {
        people(2);
        session.commit();
        session.rollback();
        assertThat(state()).isEqualTo("2 80");
        var octets = session.query("select octets from name", row -> row.getBytes(1));
        assertThat(octets).containsExactly(new byte[] {1, 0, -1}, new byte[] {1, 0, -1});
    }

    @Test
    void aRollbackForgetsIt() throws SQLException {
        people(2);
        session.rollback();
        people(1);
        session.commit();
        assertThat(state()).isEqualTo("1 40");
    }

    @Test
    void whatTheServerRefusesStopsTheTransactionAndTheNextOneWorks() throws SQLException {
        for (int count : new int[] {1, 3}) {
            people(count);
            write(AGES, count, id -> new Object[] {id, 7});
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(session::commit)
                    .satisfies(e -> assertThat(e.getSQLState()).isEqualTo("23505"));
            session.rollback();
            assertThat(state()).isEqualTo("0 0");
        }
        people(3);
        assertThat(state()).isEqualTo("3 120");
    }

    @Test
    void aRowThatIsNotThereIsNoticed() throws SQLException {
        people(2);
        session.commit();
        batch.write(OLDER, List.of(7L), id -> new Object[] {41, id});
        assertThatIllegalStateException()
                .isThrownBy(session::commit)
                .withMessageContaining("met 0 rows instead of 1");
        session.rollback();
        write(OLDER, 3, id -> new Object[] {41, id});
        assertThatIllegalStateException()
                .isThrownBy(session::commit)
                .withMessageContaining("met 2 rows instead of 3");
        session.rollback();
        assertThat(state()).isEqualTo("2 80");
    }

    @Test
    void statementsThatNobodyUsesAnyMoreAreClosed() throws SQLException {
        people(1);
        session.commit();
        for (int i = 0; i < 600; i++) {
            session.query("select " + i, row -> row.getInt(1));
        }
        var prepared =
                session.queryOne(
                        "select count(*) from pg_prepared_statements", row -> row.getInt(1));
        assertThat(prepared.orElseThrow()).isLessThan(600);
        assertThat(state()).isEqualTo("1 40");
    }
}
