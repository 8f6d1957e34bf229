package org.postrider.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postrider.storage.Store;
import org.postrider.storage.StoreSettings;
import org.postrider.storage.mailbox.StoreUnavailable;

/// The power goes while everything is being changed, at the first start, in the middle and at the
/// end. Whatever the disk kept of what was not forced, the store opens, has each acknowledged
/// change exactly once and nothing half, and goes on working.
class PowerCutTest {

    /// How long new cuts are made; `-Dcut.seconds` makes it longer.
    private static final Duration TIME = Duration.ofSeconds(Integer.getInteger("cut.seconds", 25));

    private static final int CHECKERS = 2;
    private static final int SESSIONS = 4;
    private static final int STEPS = 120;
    private static final int STARTS = 3;

    /// After how many writes and forces there is a cut, on average.
    private static final int RARITY = 60;

    private static final int CUTS_IN_A_LIFE = 25;

    /// A disk after a cut, and what must be found on it.
    private record Cut(
            int number,
            ForgetfulDisk.Loss loss,
            Path image,
            Map<ModelSession, ModelSession.Claim> claims) {}

    private static final Cut NO_MORE = new Cut(-1, ForgetfulDisk.Loss.ALL, Path.of(""), Map.of());

    private final long seed = Long.getLong("cut.seed", System.nanoTime());
    private final long end = System.nanoTime() + TIME.toNanos();
    private final ArrayBlockingQueue<Cut> cuts = new ArrayBlockingQueue<>(CHECKERS);
    private final List<String> failures = new CopyOnWriteArrayList<>();
    private final AtomicInteger taken = new AtomicInteger();
    private final AtomicInteger checked = new AtomicInteger();

    @TempDir Path directory;

    @Test
    void whatWasAcknowledgedSurvivesTheCut() throws Exception {
        System.out.printf("power cuts: seed %d%n", seed);
        var random = new SplittableRandom(seed);
        int lives = 0;
        try (var threads = Executors.newFixedThreadPool(CHECKERS)) {
            var checkers = new ArrayList<Future<?>>();
            for (int i = 0; i < CHECKERS; i++) {
                checkers.add(threads.submit(this::checkAll));
            }
            try {
                while (System.nanoTime() < end) {
                    live(random, lives++);
                }
            } finally {
                for (int i = 0; i < CHECKERS; i++) {
                    cuts.put(NO_MORE);
                }
            }
            for (var checker : checkers) {
                checker.get();
            }
        }
        System.out.printf(
                "%d power cuts in %d lives, %d survived%n", taken.get(), lives, checked.get());
        assertThat(failures).as("seed %d", seed).isEmpty();
    }

    /// A failed force leaves nobody knowing what is on the disk: nothing is accepted any more,
    /// though the next force would succeed.
    @Test
    void aFailedForceIsNotTriedAgain() throws Exception {
        try (var disk = new ForgetfulDisk(directory)) {
            try (var store = open(disk, directory)) {
                var session = new ModelSession("s", seed, store);
                session.begin();
                disk.breakForce(new IOException("the disk is broken"));
                assertThatExceptionOfType(StoreUnavailable.class).isThrownBy(session::deliver);
                for (int i = 0; i < 3; i++) {
                    assertThatExceptionOfType(StoreUnavailable.class).isThrownBy(session::deliver);
                }
            }
        }
        try (var store =
                JdbcStore.open(StoreSettings.embedded(directory), InstantSource.system())) {
            new ModelSession("s", seed, store).begin();
        }
        Invariants.assertHold(StoreSettings.embedded(directory));
    }

    // ---- lives

    /// A store from its first start over many changes to its end, cut again and again.
    private void live(SplittableRandom random, int life) throws Exception {
        var place = directory.resolve("life" + life);
        var sessions = new CopyOnWriteArrayList<ModelSession>();
        int last = taken.get() + CUTS_IN_A_LIFE;
        try (var disk = new ForgetfulDisk(place)) {
            disk.watch(() -> {
                if (taken.get() < last && System.nanoTime() < end && random.nextInt(RARITY) == 0) {
                    take(disk, random, sessions);
                }
            });
            for (int start = 0; start < STARTS && System.nanoTime() < end; start++) {
                try (var store = open(disk, place)) {
                    if (start == 0 && life % 2 == 1) {
                        reuseRoomAtOnce(disk);
                    }
                    run(store, sessions, random.nextLong(), start);
                }
            }
        }
        delete(place);
    }

    private static void run(Store store, List<ModelSession> sessions, long seed, int start)
            throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var running = new ArrayList<Future<?>>();
            for (int i = 0; i < SESSIONS; i++) {
                var session = new ModelSession("s" + start + i, seed + i, store);
                sessions.add(session);
                running.add(
                        threads.submit(() -> {
                            session.begin();
                            for (int step = 0; step < STEPS; step++) {
                                session.step();
                            }
                        }));
            }
            for (var each : running) {
                each.get();
            }
        }
    }

    /// H2 leaves room alone for 45 seconds after it became free; here it does not.
    private static void reuseRoomAtOnce(ForgetfulDisk disk) throws SQLException {
        try (var connection = DriverManager.getConnection(disk.url(), "postrider", "");
                var statement = connection.createStatement()) {
            statement.execute("set retention_time 0");
        }
    }

    private static Store open(ForgetfulDisk disk, Path directory) {
        return JdbcStore.open(
                settings(disk, directory), InstantSource.system(), disk.segmentFiles());
    }

    private static StoreSettings settings(ForgetfulDisk disk, Path directory) {
        return StoreSettings.of(disk.url(), "postrider", "", directory);
    }

    // ---- cuts

    private void take(ForgetfulDisk disk, SplittableRandom random, List<ModelSession> sessions) {
        try {
            int number = taken.getAndIncrement();
            var losses = ForgetfulDisk.Loss.values();
            var loss = losses[random.nextInt(losses.length)];
            var image = directory.resolve("cut" + number);
            disk.cut(random, loss, image);
            var claims = new HashMap<ModelSession, ModelSession.Claim>();
            for (var session : sessions) {
                session.claim().ifPresent(claim -> claims.put(session, claim));
            }
            cuts.put(new Cut(number, loss, image, claims));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private Void checkAll() throws Exception {
        for (var cut = cuts.take(); !cut.equals(NO_MORE); cut = cuts.take()) {
            try {
                check(cut);
                checked.incrementAndGet();
            } catch (StoreUnavailable | SQLException | AssertionError e) {
                failures.add("cut %d, %s: %s".formatted(cut.number(), cut.loss(), causes(e)));
            }
            delete(cut.image());
        }
        return null;
    }

    /// Opens what is left, as often as it takes to see that its end was orderly too.
    private static void check(Cut cut) throws IOException, SQLException {
        try (var disk = new ForgetfulDisk(cut.image())) {
            var settings = settings(disk, cut.image());
            for (int start = 0; start < 1 + cut.number() % 2; start++) {
                try (var store = open(disk, cut.image())) {
                    for (var each : cut.claims().entrySet()) {
                        var found = each.getKey().found(store);
                        assertThat(each.getValue().states())
                                .as(each.getKey().name())
                                .contains(found);
                    }
                    var next = new ModelSession("next" + start, cut.number(), store);
                    next.begin();
                    for (int step = 0; step < 5; step++) {
                        next.step();
                    }
                }
            }
            Invariants.assertHold(settings);
        }
    }

    private static String causes(Throwable failure) {
        var text = new StringBuilder();
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            text.append(cause).append("; ");
        }
        return text.toString();
    }

    private static void delete(Path directory) throws IOException {
        try (var all = Files.walk(directory)) {
            for (var path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
