package org.postrider.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postrider.storage.StoreSettings;
import org.postrider.storage.testing.PostgresServer;

/// A process that changes a store is killed at a random moment, and with PostgreSQL sometimes the
/// server. Whatever it had acknowledged must be there exactly once, and every invariant must hold.
class KillTest {

    private static final int ROUNDS = Integer.getInteger("kill.rounds", 10);

    /// How many acknowledgements a process lives for, at most.
    private static final int LONGEST_LIFE = 400;

    /// In microseconds.
    private static final int LONGEST_START = 2_000_000;

    private final long seed = Long.getLong("kill.seed", System.nanoTime());
    private final Random random = new Random(seed);

    /// When time began in the store.
    private final Instant began = Instant.now();

    private ClaimFiles claims;

    @TempDir Path directory;

    @BeforeEach
    void noClaims() {
        claims = new ClaimFiles(directory.resolve("claims"));
    }

    @Test
    void nothingAcknowledgedIsLostOnH2() throws Exception {
        System.out.printf("kill test on H2: seed %d%n", seed);
        kill(StoreSettings.embedded(directory), () -> {});
    }

    @Test
    void nothingAcknowledgedIsLostOnPostgres() throws Exception {
        System.out.printf("kill test on PostgreSQL: seed %d%n", seed);
        try (var server = PostgresServer.start(directory.resolve("pg"))) {
            kill(server.settings(directory), server::crash);
        }
    }

    private void kill(StoreSettings settings, Disaster crash) throws Exception {
        var lives = KilledStore.Life.values();
        int acknowledged = 0;
        for (int round = 0; round < ROUNDS; round++) {
            var life = lives[round % lives.length];
            boolean crashes = life == KilledStore.Life.RANGES && round % 8 < 4;
            acknowledged += liveAndDie(settings, round, life, crashes ? crash : () -> {});
            assertKept(settings.withLimits(KilledStore.limits(life)), round);
        }
        System.out.printf("%d rounds, %d acknowledgements%n", ROUNDS, acknowledged);
        assertThat(acknowledged).isPositive();
    }

    /// What happens to a process in the middle of its life.
    @FunctionalInterface
    private interface Disaster {
        void strike() throws IOException;
    }

    /// Starts the process, hears it out for a while, kills it.
    ///
    /// @return how often it said that something was acknowledged
    private int liveAndDie(
            StoreSettings settings, int round, KilledStore.Life life, Disaster disaster)
            throws IOException {
        var process = start(settings, round, life);
        var said = new ArrayList<String>();
        int acknowledgements = 1 + random.nextInt(LONGEST_LIFE);
        try (var lines = process.inputReader(StandardCharsets.US_ASCII)) {
            listen(lines, said, acknowledgements);
            disaster.strike();
            listen(lines, said, said.size() + random.nextInt(LONGEST_LIFE));
            process.toHandle().destroyForcibly(); // leaves its output to be read
            listen(lines, said, Integer.MAX_VALUE);
        } finally {
            process.destroyForcibly();
        }
        process.onExit().join();
        assertThat(said).startsWith("opening");
        return said.size() - 1;
    }

    private static void listen(BufferedReader lines, List<String> said, int until)
            throws IOException {
        while (said.size() < until) {
            var line = lines.readLine();
            if (line == null) {
                return;
            }
            said.add(line);
        }
    }

    private Process start(StoreSettings settings, int round, KilledStore.Life life)
            throws IOException {
        long end = life == KilledStore.Life.START ? 1 + random.nextInt(LONGEST_START) : 0;
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledStore.class.getName(),
                        settings.url(),
                        settings.user(),
                        settings.dataDirectory().toString(),
                        Integer.toString(round),
                        life.name(),
                        Long.toString(random.nextLong()),
                        began.toString(),
                        Files.createDirectories(claims.directory()).toString(),
                        Long.toString(end))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private void assertKept(StoreSettings settings, int round) throws Exception {
        try (var store = JdbcStore.open(settings, KilledStore.clock(began))) {
            for (var each : claims.states().entrySet()) {
                var found = new ModelSession(each.getKey(), 0, store).found(store);
                assertThat(each.getValue())
                        .as("seed %d, round %d, %s", seed, round, each.getKey())
                        .contains(found);
            }
        }
        Invariants.assertHold(settings);
    }
}
