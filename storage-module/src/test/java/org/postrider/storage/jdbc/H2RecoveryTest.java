package org.postrider.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// H2 finds its newest commit again, whatever the file looked like at the moment of the cut.
///
/// H2 2.5.252 does not: when it puts a commit into room that earlier ones left, and not where the
/// commit before had foretold, its file header names the commit before, and up to twenty commits
/// behind it are overlooked at the next start. Short tests on a fresh file never reuse room, and
/// reuse begins only after H2's retention time, which is why this test sets that to nothing.
class H2RecoveryTest {

    private static final int COMMITS = 1500;
    private static final int COPIES = 60;

    @Test
    void everyForcedCommitIsFoundAgain(@TempDir Path directory) throws Exception {
        long seed = System.nanoTime();
        var random = new SplittableRandom(seed);
        var database = directory.resolve("live");
        long written = 0;
        try (var live = open(database, ";RETENTION_TIME=0")) {
            live.setAutoCommit(false);
            execute(live, "create table message (id bigint primary key, octets varbinary(20000))");
            execute(live, "create table counter (id int primary key, n bigint)");
            for (int id = 0; id < 40; id++) {
                execute(live, "insert into counter values (" + id + ", 0)");
            }
            for (int commit = 1; commit <= COMMITS; commit++) {
                written = write(live, written, random);
                if (commit % (COMMITS / COPIES) == 0) {
                    var copy = directory.resolve("cut" + commit);
                    Files.copy(file(database), file(copy));
                    assertThat(newest(copy))
                            .as("seed %d, commit %d", seed, commit)
                            .isEqualTo(written);
                    Files.delete(file(copy));
                }
            }
        }
    }

    /// One group as a lane writes it: some rows, a commit, a force.
    private static long write(Connection live, long written, SplittableRandom random)
            throws SQLException {
        long id = written;
        try (var message = live.prepareStatement("insert into message values (?, ?)");
                var counter = live.prepareStatement("update counter set n = n + 1 where id = ?")) {
            for (int rows = 1 + random.nextInt(16); rows > 0; rows--) {
                var octets = new byte[600];
                random.nextBytes(octets);
                message.setLong(1, ++id);
                message.setBytes(2, octets);
                message.addBatch();
                counter.setInt(1, random.nextInt(40));
                counter.addBatch();
            }
            message.executeBatch();
            counter.executeBatch();
        }
        live.commit();
        execute(live, "checkpoint sync");
        return id;
    }

    private static long newest(Path copy) throws SQLException {
        try (var opened = open(copy, "");
                var statement = opened.createStatement();
                var rows = statement.executeQuery("select max(id) from message")) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private static Connection open(Path database, String settings) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:h2:file:" + database + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE" + settings,
                "sa",
                "");
    }

    private static Path file(Path database) {
        return database.resolveSibling(database.getFileName() + ".mv.db");
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
