package org.postrider.storage.jdbc;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postrider.storage.StoreLimits;
import org.postrider.storage.StoreSettings;

/// Whatever happens at once, there is an order in which it happened, and everybody agrees.
///
/// `-Dhistory.seed` repeats a history, as far as the threads allow; `-Dhistory.steps` is how long
/// it is; `-Dhistory.seeds` has as many histories told, one after the other, each with its own seed
/// and database.
abstract class HistoryContract {

    private static final int STEPS = 5_040;
    private static final Duration NEVER = Duration.ofDays(10_000);

    @TempDir Path directory;

    /// Where a fresh store goes.
    abstract StoreSettings settings(Path directory);

    @Test
    void whateverHappensAtOnceHappenedInOneOrder() throws Exception {
        long first = Long.getLong("history.seed", System.nanoTime());
        for (long seed = first; seed < first + Integer.getInteger("history.seeds", 1); seed++) {
            System.out.printf("history: -Dhistory.seed=%d%n", seed);
            try {
                history(seed);
            } catch (Exception | AssertionError e) {
                throw new AssertionError("the history of -Dhistory.seed=" + seed + " is wrong", e);
            }
        }
    }

    private void history(long seed) throws Exception {
        int steps = Integer.getInteger("history.steps", STEPS);
        var lives = new ArrayList<StoreLimits>();
        lives.add(tight(new StoreLimits.Ranges(1, Duration.ZERO)));
        lives.add(tight(new StoreLimits.Ranges(3, NEVER)));
        lives.add(tight(new StoreLimits.Ranges(3, Duration.ofMillis(1))));
        lives.add(StoreLimits.USUAL.with(new StoreLimits.Ranges(Integer.MAX_VALUE, NEVER)));
        Collections.shuffle(lives, new Random(seed));
        var history = new History(settings(directory.resolve("seed-" + seed)), seed);
        history.createAccounts();
        for (var limits : lives) {
            history.live(limits, steps / lives.size());
        }
        history.finish();
        if (steps >= STEPS) {
            history.assertEventful();
        }
    }

    /// Limits that make everything rare happen often: groups and caches are small, every mailbox
    /// has pages.
    private static StoreLimits tight(StoreLimits.Ranges ranges) {
        return new StoreLimits(
                new StoreLimits.Writing(3, 16, 64 << 10, 8, 3),
                new StoreLimits.Memory(2 << 10, 64 << 10, 2, new StoreLimits.Views(1_000, 1, 0)),
                new StoreLimits.Bodies(64 << 10, 0),
                History.KEPT,
                ranges,
                StoreLimits.Embedded.USUAL);
    }
}
