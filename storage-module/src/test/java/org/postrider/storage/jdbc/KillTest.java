package org.postrider.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postrider.storage.Store;
import org.postrider.storage.StoreSettings;
import org.postrider.storage.mailbox.Flags;
import org.postrider.storage.mailbox.MailboxName;
import org.postrider.storage.mailbox.SystemFlag;
import org.postrider.storage.mailbox.UidSet;
import org.postrider.storage.testing.PostgresServer;
import org.postrider.storage.testing.TestStores;

/// A process that changes a store is killed at a random moment, and with PostgreSQL sometimes the
/// server. Whatever it had acknowledged must be there exactly once, and every invariant must hold.
class KillTest {

    private static final int ROUNDS = Integer.getInteger("kill.rounds", 10);

    /// How many acknowledgements a process lives for, at most.
    private static final int LONGEST_LIFE = 700;

    private final long seed = Long.getLong("kill.seed", System.nanoTime());
    private final Random random = new Random(seed);

    @TempDir Path directory;

    @Test
    void nothingAcknowledgedIsLostOnH2() throws Exception {
        System.out.printf("kill test on H2: seed %d%n", seed);
        var settings = StoreSettings.embedded(directory);
        int acknowledged = 0;
        for (int round = 0; round < ROUNDS; round++) {
            var said = liveAndDie(settings, round, () -> {});
            acknowledged += said.size();
            assertKept(settings, round, said);
        }
        System.out.printf("%d rounds, %d acknowledgements%n", ROUNDS, acknowledged);
    }

    @Test
    void nothingAcknowledgedIsLostOnPostgres() throws Exception {
        System.out.printf("kill test on PostgreSQL: seed %d%n", seed);
        try (var server = PostgresServer.start(directory.resolve("pg"))) {
            var settings = server.settings(directory);
            int acknowledged = 0;
            for (int round = 0; round < ROUNDS; round++) {
                var said = liveAndDie(settings, round, round % 4 == 3 ? server::crash : () -> {});
                acknowledged += said.size();
                assertKept(settings, round, said);
            }
            System.out.printf("%d rounds, %d acknowledgements%n", ROUNDS, acknowledged);
        }
    }

    /// What happens to a process in the middle of its life.
    @FunctionalInterface
    private interface Disaster {
        void strike() throws IOException;
    }

    /// Starts the process, hears it out for a while, kills it.
    ///
    /// @return every line it said
    private List<String> liveAndDie(StoreSettings settings, int round, Disaster disaster)
            throws IOException {
        var process = start(settings, round);
        var said = new ArrayList<String>();
        int life = 1 + random.nextInt(LONGEST_LIFE);
        try (var lines = process.inputReader(StandardCharsets.US_ASCII)) {
            listen(lines, said, life);
            disaster.strike();
            listen(lines, said, said.size() + random.nextInt(LONGEST_LIFE));
            process.toHandle().destroyForcibly(); // leaves its output to be read
            listen(lines, said, Integer.MAX_VALUE);
        } finally {
            process.destroyForcibly();
        }
        process.onExit().join();
        return said;
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

    private Process start(StoreSettings settings, int round) throws IOException {
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
                        Long.toString(random.nextLong()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static void assertKept(StoreSettings settings, int round, List<String> said)
            throws Exception {
        assertThat(said).isNotEmpty();
        var delivered = named(said, "delivered");
        var flagged = named(said, "flagged");
        var expunging = named(said, "expunging");
        var expunged = named(said, "expunged");
        try (var store = JdbcStore.open(settings, InstantSource.system())) {
            var found = messages(store, round);
            var missing = new HashSet<>(delivered);
            missing.removeAll(found.keySet());
            missing.removeAll(expunging);
            assertThat(missing).as("acknowledged and lost").isEmpty();
            assertThat(found.keySet())
                    .as("expunged and back")
                    .doesNotContainAnyElementsOf(expunged);
            flagged.forEach(id ->
                    assertThat(found.getOrDefault(id, Flags.of(SystemFlag.FLAGGED)))
                            .as("flags of %s", id)
                            .matches(flags -> flags.has(SystemFlag.FLAGGED)));
        }
        Invariants.assertHold(settings);
    }

    /// The messages of a round, by name, read to the last octet; each is there once.
    private static Map<String, Flags> messages(Store store, int round) throws IOException {
        var account = TestStores.account(store, "round" + round + "@example.test");
        var inbox = store.mailboxes().find(account.id(), MailboxName.INBOX).orElseThrow().id();
        var view = ViewWatcher.view(store, inbox);
        var found = new HashMap<String, Flags>();
        store.messages()
                .read(
                        inbox,
                        UidSet.range(1, Math.max(1, view.uidNext() - 1)),
                        message -> {
                            String text;
                            try (var octets = message.open()) {
                                text = new String(octets.readAllBytes(), StandardCharsets.US_ASCII);
                            }
                            var id = text.lines().toList().get(1).substring("Subject: ".length());
                            int index = view.indexOf(message.uid());
                            if (index >= 0) {
                                assertThat(found.put(id, view.flags(index))).as(id).isNull();
                            }
                        });
        assertThat(found).hasSize(view.size());
        return found;
    }

    private static Set<String> named(List<String> said, String what) {
        var names = new HashSet<String>();
        for (var line : said) {
            if (line.startsWith(what + " ")) {
                names.add(line.substring(what.length() + 1));
            }
        }
        return names;
    }
}
