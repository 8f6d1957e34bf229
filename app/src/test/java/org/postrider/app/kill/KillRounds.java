package org.postrider.app.kill;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.postrider.app.ServerProcess.Program;

/// One data directory, and a server on it that is started and killed again and again.
final class KillRounds {

    private static final int CLIENTS = 8;
    private static final List<String> SHARED = List.of("s0@example.test", "s1@example.test");

    /// How many changes are acknowledged before a kill, at most.
    private static final int MOST_CHANGES = 400;

    private static final Duration A_LITTLE_LONGER = Duration.ofMillis(200);
    private static final Duration LONGEST_LIFE = Duration.ofSeconds(15);

    /// Every so many rounds the kill comes while the server starts, for the first time at first.
    private static final int STARTS = 5;

    /// Every so many rounds the store never rests.
    private static final int RESTLESS = 3;

    /// Every so many rounds the database crashes first, where it can.
    private static final int CRASHES = 4;

    /// Every so many rounds a killed server's data are checked, and those of one that runs.
    private static final int CHECKS = 5;

    private static final List<Integer> THRESHOLDS = List.of(256, 1, 5, Integer.MAX_VALUE);

    /// What happens to the database in the middle of a life.
    @FunctionalInterface
    interface Crash {
        void strike() throws IOException;
    }

    private final Path data;
    private final long seed;
    private final Random random;
    private final List<String> database;
    private final Crash crash;
    private final Letters letters;
    private final UidLedger uids = new UidLedger();
    private final List<MailClient> clients;
    private Duration lastStart = Duration.ofSeconds(5);
    private int acknowledged;
    private int copiesCutShort;

    /// @param database settings of the database, none for the embedded one
    KillRounds(Path directory, long seed, List<String> database, Crash crash) {
        this.data = directory.resolve("data");
        this.seed = seed;
        this.random = new Random(seed);
        this.database = List.copyOf(database);
        this.crash = crash;
        this.letters = new Letters(seed);
        this.clients =
                IntStream.range(0, CLIENTS)
                        .mapToObj(number -> new MailClient(number, SHARED, letters, uids, seed))
                        .toList();
    }

    private boolean isEmbedded() {
        return database.isEmpty();
    }

    void run(int rounds) throws Exception {
        System.out.printf("kills of the whole server: seed %d%n", seed);
        for (int round = 0; round < rounds; round++) {
            if (round % STARTS == 0) {
                killStarting(round);
            } else {
                killWorking(round);
            }
            if (round % CHECKS == CHECKS / 2) {
                check();
            }
            System.out.printf(
                    "round %d of %d: %d changes acknowledged, %d UIDs told, %d copies cut short%n",
                    round, rounds, acknowledged, uids.size(), copiesCutShort);
        }
        try (var server = KilledServer.start(Program.SERVER, data, words(rounds))) {
            verify(server);
            server.assertChecksClean();
            assertNothingFailed(server.stop());
        }
        check();
    }

    private static Program program(int round) {
        return round % RESTLESS == RESTLESS - 1 ? Program.RESTLESS_SERVER : Program.SERVER;
    }

    private void killStarting(int round) throws IOException {
        try (var process = KilledServer.launch(program(round), words(round))) {
            process.endsWithin(someTime(lastStart));
            process.kill();
            assertNothingFailed(process.everything());
        }
    }

    private void killWorking(int round) throws Exception {
        boolean crashes = !isEmbedded() && round % CRASHES == CRASHES - 1;
        try (var server = KilledServer.start(program(round), data, words(round));
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            lastStart = server.startedWithin();
            verify(server);
            if (round % CHECKS == 1) {
                server.assertChecksClean();
            }
            var working = new ArrayList<Future<?>>();
            for (var client : clients) {
                working.add(
                        threads.submit(() -> {
                            client.work(server);
                            return null;
                        }));
            }
            live(server);
            if (crashes) {
                server.disturb();
                crash.strike();
                live(server);
            }
            var printed = server.kill();
            for (var each : working) {
                each.get();
            }
            if (!crashes) {
                assertNothingFailed(printed);
            }
            acknowledged += server.changes();
            copiesCutShort += Files.exists(data.resolve("copies", "part.mv.db")) ? 1 : 0;
        }
    }

    private void live(KilledServer server) {
        server.live(random.nextInt(MOST_CHANGES), someTime(A_LITTLE_LONGER), LONGEST_LIFE);
    }

    private Duration someTime(Duration most) {
        return Duration.ofMillis(random.nextLong(most.toMillis()));
    }

    /// Asserts that what is there is what each client was told.
    private void verify(KilledServer server) throws Exception {
        var found = everything(server);
        for (var client : clients) {
            if (client.hasBegun()) {
                client.find(found);
            } else {
                client.begin(found);
            }
        }
    }

    private Map<Place, Box> everything(KilledServer server) throws Exception {
        var back = new ReadBack(server, letters, uids);
        var found = new TreeMap<Place, Box>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var reading = new ArrayList<Future<Map<Place, Box>>>();
            for (var account : accounts()) {
                reading.add(threads.submit(() -> back.everything(account)));
            }
            for (var each : reading) {
                found.putAll(each.get());
            }
        }
        return found;
    }

    private static List<String> accounts() {
        var own = IntStream.range(0, CLIENTS).mapToObj(MailClient::account);
        return Stream.concat(own, SHARED.stream()).toList();
    }

    /// Has the stopped or killed server's data looked at.
    private void check() throws IOException {
        var words = new ArrayList<>(List.of("check", "--deep", "--postrider.data-dir=" + data));
        words.addAll(database);
        try (var process = KilledServer.launch(Program.SERVER, words)) {
            assertThat(process.everything()).contains("all is as it must be");
        }
    }

    private static void assertNothingFailed(String printed) {
        assertThat(printed).doesNotContain("ERROR", "Exception");
    }

    private List<String> words(int round) {
        var words = new ArrayList<>(List.of("serve", "--postrider.data-dir=" + data));
        for (var name :
                List.of("mx", "submission", "submissions", "pop3", "pop3s", "imap", "imaps")) {
            words.add("--postrider.listen." + name + "=127.0.0.1:0");
        }
        words.add("--server.port=0");
        words.add("--postrider.login.plain-text=loopback");
        words.add("--postrider.password.memory=1MB");
        words.add("--postrider.demo.enabled=true");
        words.add("--postrider.demo.password=" + KilledServer.PASSWORD);
        words.add("--postrider.demo.accounts=" + String.join(",", accounts()));
        words.add("--postrider.store.undelete=15m");
        words.add("--postrider.store.copy-every=10m");
        words.add("--postrider.store.range-threshold=" + THRESHOLDS.get(round % THRESHOLDS.size()));
        words.addAll(database);
        return words;
    }
}
