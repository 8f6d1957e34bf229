package org.postrider.storage.jdbc;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.postrider.storage.StoreLimits;
import org.postrider.storage.StoreSettings;
import org.postrider.storage.jdbc.retention.Retention;
import org.postrider.storage.mailbox.StoreUnavailable;

/// A process that does nothing but change a store, keeps what it claims in files, and waits to be
/// killed.
///
/// It says a line before the store is opened, and one after each change that was acknowledged.
final class KilledStore {

    private static final int SESSIONS = 8;

    /// So much faster does time pass for the store, so that everything soon is old.
    private static final int HASTE = 20_000;

    private KilledStore() {}

    /// How a process lives.
    enum Life {
        /// Large changes are made at once.
        PLAIN,
        /// Large changes are logged, and their rows follow.
        RANGES,
        /// Whatever a store does beside its commands, it does all the time: copies of the database,
        /// purging, collecting, compacting, pages, texts, cutting logs.
        UPKEEP,
        /// The same, and it ends while it starts or soon after.
        START
    }

    /// The time in a store that began at a moment; it goes on from one process to the next.
    static InstantSource clock(Instant began) {
        return () -> began.plus(Duration.between(began, Instant.now()).multipliedBy(HASTE));
    }

    static StoreLimits limits(Life life) {
        var usual = StoreLimits.USUAL;
        return switch (life) {
            case PLAIN -> usual.with(new StoreLimits.Ranges(Integer.MAX_VALUE, Duration.ZERO));
            case RANGES -> usual.with(new StoreLimits.Ranges(1, Duration.ZERO));
            case UPKEEP, START ->
                    usual.with(new StoreLimits.Ranges(3, Duration.ofMillis(5)))
                            .with(new StoreLimits.Bodies(128 << 10, 0))
                            .with(new StoreLimits.Retention(Duration.ZERO, Duration.ofDays(1), 50))
                            .with(new StoreLimits.Embedded(Duration.ofHours(1), 0))
                            .with(usual.memory().with(new StoreLimits.Views(1 << 20, 1, 0)));
        };
    }

    /// @param arguments JDBC URL, user, data directory, the round's number, [Life], seed, when time
    ///   began, where claims are kept, after how many microseconds to end (0 for never)
    public static void main(String[] arguments) {
        var life = Life.valueOf(arguments[4]);
        var settings =
                StoreSettings.of(arguments[0], arguments[1], "", Path.of(arguments[2]))
                        .withLimits(limits(life));
        long seed = Long.parseLong(arguments[5]);
        var claims = new ClaimFiles(Path.of(arguments[7]));
        say("opening");
        endAfter(Long.parseLong(arguments[8]));
        var store = (JdbcStore) JdbcStore.open(settings, clock(Instant.parse(arguments[6])));
        for (int i = 0; i < SESSIONS; i++) {
            var name = "r" + arguments[3] + "s" + i;
            var session =
                    new ModelSession(name, seed + i, store, claim -> claims.keep(name, claim));
            Thread.ofPlatform().start(() -> work(session));
        }
        if (limits(life).retention().undelete().isZero()) {
            Thread.ofPlatform().start(() -> keepUp(store, settings.isEmbedded()));
        }
    }

    /// Halts the process, as a kill does, at a moment of its start.
    private static void endAfter(long micros) {
        if (micros > 0) {
            var _ =
                    Executors.newSingleThreadScheduledExecutor()
                            .schedule(
                                    () -> Runtime.getRuntime().halt(9),
                                    micros,
                                    TimeUnit.MICROSECONDS);
        }
    }

    /// Goes on until nobody knows what the store did.
    private static void work(ModelSession session) {
        try {
            session.begin();
            while (true) {
                session.step();
                say(session.name());
            }
        } catch (StoreUnavailable e) {
            System.err.println(e + ": " + e.getCause());
        }
    }

    private static void keepUp(JdbcStore store, boolean embedded) {
        var tasks =
                List.of(
                        Retention.REAP,
                        Retention.PURGE,
                        Retention.CUT_LOGS,
                        "texts",
                        "snapshots",
                        "collection",
                        embedded ? "segments" : "orphans",
                        embedded ? JdbcStore.COPIES : "metas");
        while (true) {
            for (var task : tasks) {
                try {
                    store.upkeep().run(task);
                } catch (SQLException | IOException | StoreUnavailable e) {
                    System.err.println(task + ": " + e + ": " + e.getCause());
                }
            }
        }
    }

    private static synchronized void say(String what) {
        System.out.println(what);
        System.out.flush();
    }
}
