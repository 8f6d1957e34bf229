package org.postrider.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postrider.storage.Store;
import org.postrider.storage.StoreSettings;

/// The power goes while everything is being changed. Whatever the disk kept of what was not forced,
/// the store opens, has each acknowledged change exactly once and nothing half, and goes on working.
class PowerCutTest {

    private static final int CUTS = Integer.getInteger("cut.count", 150);
    private static final int SESSIONS = 4;

    /// A cut comes after each event with this chance, one in so many.
    private static final int RARITY = 60;

    private record Cut(int number, ForgetfulDisk.Loss loss, Path image, Map<ModelSession, ModelSession.Claim> claims) {}

    private final long seed = Long.getLong("cut.seed", System.nanoTime());
    private final ArrayBlockingQueue<Cut> cuts = new ArrayBlockingQueue<>(2);
    private final Map<ForgetfulDisk.Loss, AtomicInteger> failed = new TreeMap<>();
    private final List<String> failures = new ArrayList<>();
    private final AtomicInteger checked = new AtomicInteger();

    @TempDir Path directory;

    @Test
    void whatWasAcknowledgedSurvivesTheCut() throws Exception {
        System.out.printf("power cuts: seed %d%n", seed);
        for (var loss : ForgetfulDisk.Loss.values()) {
            failed.put(loss, new AtomicInteger());
        }
        var random = new SplittableRandom(seed);
        try (var threads = Executors.newFixedThreadPool(2)) {
            var first = threads.submit(this::checkAll);
            var second = threads.submit(this::checkAll);
            int number = 0;
            int life = 0;
            try {
                while (number < CUTS) {
                    number = live(random, life++, number);
                }
            } finally {
                cuts.put(new Cut(-1, ForgetfulDisk.Loss.ALL, directory, Map.of()));
                cuts.put(new Cut(-1, ForgetfulDisk.Loss.ALL, directory, Map.of()));
            }
            first.get();
            second.get();
            System.out.printf("%d cuts checked in %d lives, failed: %s%n", checked.get(), life, failed);
        }
        assertThat(failures).isEmpty();
    }

    /// A store from its first start over many changes to its end, cut again and again.
    private int live(SplittableRandom random, int life, int firstNumber) throws Exception {
        var disk = new ForgetfulDisk(directory.resolve("life" + life));
        var sessions = new ArrayList<ModelSession>();
        var number = new AtomicInteger(firstNumber);
        int last = firstNumber + 25;
        disk.watch(() -> {
            if (number.get() < last && random.nextInt(RARITY) == 0) {
                take(disk, random, sessions, number.getAndIncrement());
            }
        });
        try (disk) {
            for (int start = 0; start < 3; start++) {
                try (var store = open(disk, directory.resolve("life" + life))) {
                    if (start == 0 && life % 2 == 1) {
                        reuseRoomAtOnce(disk);
                    }
                    run(store, sessions, random.nextLong(), start);
                }
            }
        }
        return number.get();
    }

    private static void run(Store store, List<ModelSession> sessions, long seed, int start)
            throws Exception {
        var fresh = new ArrayList<ModelSession>();
        for (int i = 0; i < SESSIONS; i++) {
            fresh.add(new ModelSession("s" + start + i, seed + i, store));
        }
        synchronized (sessions) {
            sessions.addAll(fresh);
        }
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var all = new ArrayList<java.util.concurrent.Future<?>>();
            for (var session : fresh) {
                all.add(threads.submit(() -> {
                    session.begin();
                    for (int step = 0; step < 120; step++) {
                        session.step();
                    }
                }));
            }
            for (var each : all) {
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
        return JdbcStore.open(settings(disk, directory), InstantSource.system(), disk.segmentFiles());
    }

    private static StoreSettings settings(ForgetfulDisk disk, Path directory) {
        return StoreSettings.of(disk.url(), "postrider", "", directory);
    }

    private void take(ForgetfulDisk disk, SplittableRandom random, List<ModelSession> sessions, int number) {
        try {
            var losses = ForgetfulDisk.Loss.values();
            var loss = losses[random.nextInt(losses.length)];
            var image = directory.resolve("cut" + number);
            disk.cut(random, loss, image);
            var claims = new java.util.HashMap<ModelSession, ModelSession.Claim>();
            synchronized (sessions) {
                for (var session : sessions) {
                    var claim = session.claim();
                    if (claim != null) {
                        claims.put(session, claim);
                    }
                }
            }
            cuts.put(new Cut(number, loss, image, claims));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private Void checkAll() throws Exception {
        for (var cut = cuts.take(); cut.number() >= 0; cut = cuts.take()) {
            check(cut);
            delete(cut.image());
        }
        return null;
    }

    private void check(Cut cut) {
        try (var disk = new ForgetfulDisk(cut.image())) {
            var settings = settings(disk, cut.image());
            for (int start = 0; start < 2; start++) {
                try (var store = open(disk, cut.image())) {
                    for (var each : cut.claims().entrySet()) {
                        var found = each.getKey().found(store);
                        if (!each.getValue().allows(found)) {
                            throw new AssertionError(each.getKey().name() + ": found\n" + found + "not\n" + each.getValue().acknowledged());
                        }
                    }
                    var after = new ModelSession("after" + start, seed, store);
                    after.begin();
                    for (int step = 0; step < 10; step++) {
                        after.step();
                    }
                }
            }
            Invariants.assertHold(settings);
            checked.incrementAndGet();
        } catch (Exception | AssertionError e) {
            failed.get(cut.loss()).incrementAndGet();
            Throwable root = e;
            while (root.getCause() != null) {
                root = root.getCause();
            }
            var text = "FAIL cut " + cut.number() + " " + cut.loss() + " with " + cut.claims().size() + " claims: " + e.toString().lines().findFirst().orElse("") + " <- " + root.toString().lines().findFirst().orElse("");
            System.out.println(text);
            synchronized (failures) {
                failures.add(text.substring(0, Math.min(600, text.length())));
            }
        }
    }

    private static void delete(Path directory) throws IOException {
        if (Files.exists(directory)) {
            try (var all = Files.walk(directory)) {
                for (var path : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }

}
