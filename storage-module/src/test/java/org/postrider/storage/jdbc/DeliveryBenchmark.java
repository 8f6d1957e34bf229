package org.postrider.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postrider.storage.Store;
import org.postrider.storage.StoreSettings;
import org.postrider.storage.directory.Account;
import org.postrider.storage.mailbox.Delivery;
import org.postrider.storage.mailbox.Outcome;
import org.postrider.storage.testing.PostgresServer;
import org.postrider.storage.testing.TestStores;

/// How many durable deliveries there are in a second. The figures are printed; what is asserted is
/// only that callers share commits.
@Tag("bench")
class DeliveryBenchmark {

    private static final int CALLERS = Integer.getInteger("throughput.callers", 32);
    private static final int ACCOUNTS = Integer.getInteger("throughput.accounts", 200);
    private static final int MESSAGES = Integer.getInteger("throughput.messages", 30_000);

    @TempDir Path directory;

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

    private static void measure(String name, StoreSettings settings) throws Exception {
        try (var store = JdbcStore.open(settings, InstantSource.system())) {
            var accounts = accounts(store);
            deliver(store, accounts, MESSAGES / 4, CALLERS);
            var one = deliver(store, accounts, MESSAGES / 20, 1);
            var many = deliver(store, accounts, MESSAGES, CALLERS);
            System.out.printf(
                    "%s: %.0f deliveries/s by one caller, %.0f by %d callers (4 KB, %d accounts)%n",
                    name, one, many, CALLERS, ACCOUNTS);
            assertThat(many).isGreaterThan(one);
        }
    }

    private static List<Account> accounts(Store store) {
        var accounts = new ArrayList<Account>();
        for (int i = 0; i < ACCOUNTS; i++) {
            accounts.add(TestStores.account(store, "user%d@example.test".formatted(i)));
        }
        return accounts;
    }

    /// @return deliveries in a second
    private static double deliver(Store store, List<Account> accounts, int messages, int callers)
            throws Exception {
        var message = "Subject: a message of 4 KB\r\n\r\n" + "0123456789 abcdef\r\n".repeat(210);
        var next = new AtomicInteger();
        var start = Instant.now();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var done = new ArrayList<Future<?>>();
            for (int i = 0; i < callers; i++) {
                done.add(
                        threads.submit(() -> {
                            for (int n = next.getAndIncrement();
                                    n < messages;
                                    n = next.getAndIncrement()) {
                                deliver(store, accounts.get(n % accounts.size()), message);
                            }
                            return null;
                        }));
            }
            for (var each : done) {
                each.get();
            }
        }
        return messages / (Duration.between(start, Instant.now()).toNanos() / 1e9);
    }

    private static void deliver(Store store, Account account, String message) throws IOException {
        try (var staged = TestStores.staged(store, message)) {
            var delivery =
                    new Delivery(
                            staged,
                            Instant.now(),
                            List.of(new Delivery.Recipient(account.id(), new byte[0])));
            assertThat(store.messages().deliver(delivery).getFirst())
                    .isInstanceOf(Outcome.Done.class);
        }
    }
}
