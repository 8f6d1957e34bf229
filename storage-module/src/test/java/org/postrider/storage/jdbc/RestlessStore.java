package org.postrider.storage.jdbc;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.postrider.storage.Store;
import org.postrider.storage.StoreLimits;
import org.postrider.storage.StoreSettings;
import org.postrider.storage.jdbc.retention.Retention;

/// A store that does all the time what others do now and then: it purges what was removed, collects
/// octets, compacts small segments, copies its database, writes pages, cuts logs.
public final class RestlessStore {

    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final Duration BETWEEN_COPIES = Duration.ofMillis(300);

    private RestlessStore() {}

    /// Opens it; what is a large change is as the settings say.
    public static Store open(StoreSettings settings, InstantSource clock) {
        var limits =
                settings.limits()
                        .with(StoreLimits.Memory.USUAL.with(new StoreLimits.Views(64 << 10, 5, 10)))
                        .with(new StoreLimits.Bodies(256 << 10, 0))
                        .with(new StoreLimits.Retention(Duration.ZERO, Duration.ofDays(1), 50))
                        .with(new StoreLimits.Embedded(BETWEEN_COPIES, 0));
        var store = (JdbcStore) JdbcStore.open(settings.withLimits(limits), clock);
        var tasks =
                new ArrayList<>(
                        List.of(
                                Retention.REAP,
                                Retention.PURGE,
                                Retention.CUT_LOGS,
                                "collection",
                                "snapshots",
                                "rest"));
        tasks.addAll(
                settings.isEmbedded() ? List.of("segments", JdbcStore.COPIES) : List.of("orphans"));
        Thread.ofPlatform()
                .daemon()
                .name("restless")
                .start(() -> {
                    while (store.upkeep().isRunning()) {
                        tasks.forEach(store.upkeep()::soon);
                        LockSupport.parkNanos(PAUSE.toNanos());
                    }
                });
        return store;
    }
}
