package org.postrider.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.postrider.storage.Store;
import org.postrider.storage.StoreLimits;
import org.postrider.storage.StoreSettings;
import org.postrider.storage.directory.Account;
import org.postrider.storage.mailbox.Delivery;
import org.postrider.storage.testing.TestStores;

/// What sharing a transaction is worth: durable deliveries of 4 KB by 32 callers, when a lane takes
/// what waits and when every message has a transaction of its own (16 lanes, a command each); into
/// many mailboxes and into one.
class LaneBenchmark extends DatabaseBenchmark {

    private static final int CALLERS = Integer.getInteger("bench.callers", 32);
    private static final int ACCOUNTS = 500;
    private static final int SECONDS = Integer.getInteger("bench.seconds", 8);

    private static final StoreLimits.Writing ALONE =
            new StoreLimits.Writing(16, 1, 8L << 20, 4096, 8);

    @Override
    void measure(String database, StoreSettings settings) throws Exception {
        var alone = settings.withLimits(StoreLimits.USUAL.with(ALONE));
        for (int accounts : new int[] {ACCOUNTS, 1}) {
            var apart = measure(alone, accounts);
            var together = measure(settings, accounts);
            System.out.printf(
                    "bench: %s, %d callers into %d mailboxes: alone %s; together %s; ratio %.1f%n",
                    database,
                    CALLERS,
                    accounts,
                    apart,
                    together,
                    together.perSecond() / apart.perSecond());
        }
    }

    private record Rate(double perSecond, long p50Micros, long p99Micros) {
        @Override
        public String toString() {
            return "%.0f/s, p50 %.1f ms, p99 %.1f ms"
                    .formatted(perSecond, p50Micros / 1e3, p99Micros / 1e3);
        }
    }

    private static Rate measure(StoreSettings settings, int accounts) throws Exception {
        try (var store = JdbcStore.open(settings, InstantSource.system())) {
            var recipients = accounts(store, accounts);
            deliver(store, recipients, SECONDS / 4);
            return deliver(store, recipients, SECONDS);
        }
    }

    private static Rate deliver(Store store, List<Account> accounts, int seconds) throws Exception {
        var message = "Subject: a message of 4 KB\r\n\r\n" + "0123456789 abcdef\r\n".repeat(210);
        var next = new AtomicInteger();
        long start = System.nanoTime();
        long end = start + seconds * 1_000_000_000L;
        var times = new ArrayList<long[]>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var callers = new ArrayList<Future<long[]>>();
            for (int i = 0; i < CALLERS; i++) {
                callers.add(threads.submit(() -> call(store, accounts, message, next, end)));
            }
            for (var caller : callers) {
                times.add(caller.get());
            }
        }
        double elapsed = (System.nanoTime() - start) / 1e9;
        var all = times.stream().flatMapToLong(Arrays::stream).sorted().toArray();
        return new Rate(all.length / elapsed, all[all.length / 2], all[(int) (all.length * 0.99)]);
    }

    /// One caller: delivers until the end.
    ///
    /// @return microseconds of each delivery
    private static long[] call(
            Store store, List<Account> accounts, String message, AtomicInteger next, long end) {
        var micros = new ArrayList<Long>();
        while (System.nanoTime() < end) {
            var account = accounts.get(Math.floorMod(next.getAndIncrement(), accounts.size()));
            long began = System.nanoTime();
            try (var staged = TestStores.staged(store, message)) {
                var recipient = new Delivery.Recipient(account.id(), new byte[0]);
                var delivery = new Delivery(staged, StoreFixture.NOON, List.of(recipient));
                var outcome = store.messages().deliver(delivery).getFirst();
                assertThat(StoreFixture.done(outcome).uid().value()).isPositive();
            }
            micros.add((System.nanoTime() - began) / 1_000);
        }
        return micros.stream().mapToLong(Long::longValue).toArray();
    }
}
