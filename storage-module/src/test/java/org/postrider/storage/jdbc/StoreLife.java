package org.postrider.storage.jdbc;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import org.postrider.storage.StoreLimits;
import org.postrider.storage.StoreSettings;
import org.postrider.storage.jdbc.CutAims.Phase;
import org.postrider.storage.jdbc.database.DatabaseCopies;
import org.postrider.storage.jdbc.retention.Retention;

/// A store on a [ForgetfulDisk] from its first start to its last end: sessions change it, and what
/// is otherwise done seldom (purge, compaction, copies) is done all the time, beside them and
/// alone.
final class StoreLife {

    private static final int STARTS = 2;
    private static final int SESSIONS = 4;
    private static final int STEPS = 40;

    /// Small, so that there are some that are full and half dead.
    private static final int SEGMENT = 48 << 10;

    private final ForgetfulDisk disk;
    private final Path place;
    private final int number;
    private final SplittableRandom random;
    private final CutAims.Aim aim;
    private final TestClock clock = new TestClock();
    private final List<ModelSession> sessions = new CopyOnWriteArrayList<>();

    StoreLife(
            ForgetfulDisk disk, Path place, int number, SplittableRandom random, CutAims.Aim aim) {
        this.disk = disk;
        this.place = place;
        this.number = number;
        this.random = random;
        this.aim = aim;
    }

    CutAims.Aim aim() {
        return aim;
    }

    /// Those that changed it, at all starts.
    List<ModelSession> sessions() {
        return sessions;
    }

    static StoreSettings settings(ForgetfulDisk disk, Path place) {
        return StoreSettings.of(disk.url(), "postrider", "", place);
    }

    static JdbcStore open(ForgetfulDisk disk, Path place, InstantSource clock) {
        return (JdbcStore) JdbcStore.open(settings(disk, place), clock, disk.segmentFiles());
    }

    /// @param goesOn whether it is not time to end
    void run(BooleanSupplier goesOn) throws Exception {
        for (int start = 0; start < STARTS && goesOn.getAsBoolean(); start++) {
            aim.begin(Phase.STARTING);
            var store = (JdbcStore) JdbcStore.open(limited(), clock, disk.segmentFiles());
            try (store) {
                if (start == 0 && number % 4 > 1) {
                    reuseRoomAtOnce();
                }
                serve(store, start);
                aim.begin(Phase.CLOSING);
            }
            aim.end();
        }
    }

    /// What is removed goes at once, and in every second life every change is a large one.
    private StoreSettings limited() {
        var usual = StoreLimits.USUAL;
        var limits =
                usual.with(new StoreLimits.Bodies(SEGMENT, 0))
                        .with(new StoreLimits.Embedded(Duration.ofDays(1), 0))
                        .with(
                                new StoreLimits.Retention(
                                        Duration.ZERO, Duration.ofDays(2), 1_000_000))
                        .with(
                                new StoreLimits.Ranges(
                                        number % 2 == 0 ? 1 : usual.ranges().threshold(),
                                        Duration.ofMinutes(1)));
        return settings(disk, place).withLimits(limits);
    }

    /// Sessions alone, then with what is done seldom beside them, then that alone.
    private void serve(JdbcStore store, int start) throws Exception {
        var now = new ArrayList<ModelSession>();
        for (int i = 0; i < SESSIONS; i++) {
            now.add(new ModelSession(number + "s" + start + i, random.nextLong(), store));
        }
        sessions.addAll(now);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            aim.begin(Phase.SERVING);
            for (var session : now) {
                session.begin();
            }
            var alone = steps(threads, now);
            for (var each : alone) {
                each.get();
            }
            var beside = steps(threads, now);
            keep(store);
            aim.begin(Phase.SERVING);
            for (var each : beside) {
                each.get();
            }
            keep(store);
        }
    }

    private static List<Future<?>> steps(ExecutorService threads, List<ModelSession> sessions) {
        var running = new ArrayList<Future<?>>();
        for (var session : sessions) {
            running.add(
                    threads.submit(() -> {
                        for (int step = 0; step < STEPS; step++) {
                            session.step();
                        }
                    }));
        }
        return running;
    }

    /// Does once what is otherwise done once a day or an hour.
    private void keep(JdbcStore store) throws SQLException, IOException {
        aim.begin(Phase.APPLYING);
        store.catchUp();
        clock.pass(Duration.ofHours(3));
        aim.begin(Phase.PURGING);
        store.upkeep().run(Retention.REAP);
        store.upkeep().run(Retention.PURGE);
        store.upkeep().run(Retention.CUT_LOGS);
        clock.pass(Duration.ofHours(3));
        aim.begin(Phase.COLLECTING);
        store.upkeep().run("collection");
        aim.begin(Phase.COMPACTING);
        store.upkeep().run("segments");
        clock.pass(Duration.ofHours(3));
        aim.begin(Phase.COPYING);
        new DatabaseCopies(settings(disk, place), clock).run();
    }

    /// H2 leaves room alone for 45 seconds after it became free; here it does not.
    private void reuseRoomAtOnce() throws SQLException {
        try (var connection = DriverManager.getConnection(disk.url(), "postrider", "");
                var statement = connection.createStatement()) {
            statement.execute("set retention_time 0");
        }
    }
}
