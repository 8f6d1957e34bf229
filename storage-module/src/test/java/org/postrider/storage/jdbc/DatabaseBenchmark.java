package org.postrider.storage.jdbc;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postrider.storage.Store;
import org.postrider.storage.StoreSettings;
import org.postrider.storage.directory.Account;
import org.postrider.storage.testing.PostgresServer;
import org.postrider.storage.testing.TestStores;

/// The same measurement on both databases, which force everything.
@Tag("bench")
abstract class DatabaseBenchmark {

    @TempDir private Path directory;

    @Test
    void h2() throws Exception {
        measure("H2", StoreSettings.embedded(directory));
    }

    @Test
    void postgres() throws Exception {
        try (var server = PostgresServer.start(directory.resolve("pg"))) {
            measure("PostgreSQL", server.settings(directory));
        }
    }

    /// Measures and prints.
    ///
    /// @param settings of a fresh store
    abstract void measure(String database, StoreSettings settings) throws Exception;

    /// As many accounts, each with a name of its own.
    static List<Account> accounts(Store store, int count) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var made = new ArrayList<Future<Account>>();
            for (int i = 0; i < count; i++) {
                var address = "user%d@example.test".formatted(i);
                made.add(threads.submit(() -> TestStores.account(store, address)));
            }
            var all = new ArrayList<Account>();
            for (var each : made) {
                all.add(each.get());
            }
            return all;
        }
    }

    /// Has callers do something so many times all together, for one account after the other.
    ///
    /// @return how many times a second
    static double perSecond(
            int times, int callers, List<Account> accounts, Consumer<Account> action)
            throws Exception {
        var next = new AtomicInteger();
        var start = Instant.now();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var done = new ArrayList<Future<?>>();
            for (int i = 0; i < callers; i++) {
                done.add(
                        threads.submit(() -> {
                            for (int n = next.getAndIncrement();
                                    n < times;
                                    n = next.getAndIncrement()) {
                                action.accept(accounts.get(n % accounts.size()));
                            }
                        }));
            }
            for (var each : done) {
                each.get();
            }
        }
        return times / (Duration.between(start, Instant.now()).toNanos() / 1e9);
    }
}
