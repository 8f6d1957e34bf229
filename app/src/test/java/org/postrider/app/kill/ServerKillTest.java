package org.postrider.app.kill;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.postrider.storage.testing.PostgresServer;

/// The whole server is killed at a random moment while clients of all protocols change everything,
/// and with PostgreSQL sometimes the database too. What was acknowledged must be there exactly
/// once, what was not wholly or not at all, and every invariant must hold.
class ServerKillTest {

    private static final int FEW = 2;
    private static final int MANY = Integer.getInteger("kill.rounds", 50);

    private final long seed = Long.getLong("kill.seed", System.nanoTime());

    @TempDir private Path directory;

    @Test
    @Timeout(300)
    void nothingAcknowledgedIsLostOnH2() throws Exception {
        onH2(FEW);
    }

    @Test
    @Timeout(300)
    void nothingAcknowledgedIsLostOnPostgres() throws Exception {
        onPostgres(FEW);
    }

    @Test
    @Tag("long")
    @Timeout(2_700)
    void nothingAcknowledgedIsLostInManyRoundsOnH2() throws Exception {
        onH2(MANY);
    }

    @Test
    @Tag("long")
    @Timeout(2_700)
    void nothingAcknowledgedIsLostInManyRoundsOnPostgres() throws Exception {
        onPostgres(MANY);
    }

    private void onH2(int rounds) throws Exception {
        new KillRounds(directory, seed, List.of(), () -> {}).run(rounds);
    }

    private void onPostgres(int rounds) throws Exception {
        try (var server = PostgresServer.start(directory.resolve("pg"))) {
            var settings = server.settings(directory);
            var words =
                    List.of(
                            "--postrider.database.url=" + settings.url(),
                            "--postrider.database.user=" + settings.user());
            new KillRounds(directory, seed, words, server::crash).run(rounds);
        }
    }
}
