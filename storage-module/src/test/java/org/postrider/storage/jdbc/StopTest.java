package org.postrider.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postrider.storage.Store;
import org.postrider.storage.StoreLimits;
import org.postrider.storage.StoreSettings;
import org.postrider.storage.mailbox.StoreUnavailable;

/// The embedded store is stopped in good order, again and again, while sessions still ask for
/// changes and read. Each time its file is made as small as it gets, with no regard for how long
/// room has been free; and each time it opens and has what was acknowledged.
class StopTest {

    private static final int FEW = 8;
    private static final int MANY = Integer.getInteger("stop.rounds", 300);
    private static final int SESSIONS = 4;
    private static final int MOST_STEPS = 120;

    /// Every so many rounds all invariants are looked at.
    private static final int LOOK = 4;

    /// Sessions of earlier rounds that are looked at again.
    private static final int KEPT = 40;

    private final List<ModelSession> sessions = new ArrayList<>();

    @TempDir Path directory;

    @Test
    void aStopAmongChangesLosesNothing() throws Exception {
        stop(FEW);
    }

    @Test
    @Tag("long")
    void manyStopsAmongChangesLoseNothing() throws Exception {
        stop(MANY);
    }

    private void stop(int rounds) throws Exception {
        long seed = Long.getLong("stop.seed", System.nanoTime());
        System.out.printf("stops: seed %d%n", seed);
        var random = new SplittableRandom(seed);
        var always = new StoreLimits.Embedded(Duration.ofDays(1), 0);
        var settings = StoreSettings.embedded(directory).withLimits(StoreLimits.USUAL.with(always));
        for (int round = 1; round <= rounds; round++) {
            live(settings, round, random);
            if (round % LOOK == 0 || round == rounds) {
                Invariants.assertHold(settings);
            }
        }
        try (var store = JdbcStore.open(settings, InstantSource.system())) {
            assertAllThere(store);
        }
        System.out.printf(
                "stops: %d, %d octets at the end%n",
                rounds, Files.size(directory.resolve("postrider.mv.db")));
    }

    private void live(StoreSettings settings, int round, SplittableRandom random) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var working = new ArrayList<Future<?>>();
            try (var store = JdbcStore.open(settings, InstantSource.system())) {
                assertAllThere(store);
                var changes = new CountDownLatch(random.nextInt(1, MOST_STEPS));
                for (int i = 0; i < SESSIONS; i++) {
                    var session = new ModelSession("r" + round + "s" + i, random.nextLong(), store);
                    sessions.add(session);
                    working.add(threads.submit(() -> work(session, changes)));
                }
                changes.await();
            }
            for (var each : working) {
                each.get();
            }
        }
        while (sessions.size() > KEPT) {
            sessions.removeFirst();
        }
    }

    /// Goes on until the store is stopped; nothing else may end it.
    private static void work(ModelSession session, CountDownLatch changes) {
        try {
            session.begin();
            while (true) {
                session.step();
                changes.countDown();
            }
        } catch (StoreUnavailable e) {
            if (changes.getCount() > 0) {
                throw e;
            }
        } finally {
            while (changes.getCount() > 0) {
                changes.countDown();
            }
        }
    }

    private void assertAllThere(Store store) throws Exception {
        for (var session : sessions) {
            var claim = session.claim();
            if (claim.isPresent()) {
                var found = session.found(store);
                if (!found.equals(claim.get().asked())) {
                    assertThat(found).as(session.name()).isEqualTo(claim.get().acknowledged());
                }
            }
        }
    }
}
