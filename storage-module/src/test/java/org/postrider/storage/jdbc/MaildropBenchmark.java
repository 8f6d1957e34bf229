package org.postrider.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.postrider.storage.mailbox.Outcome;
import org.postrider.storage.testing.PostgresServer;
import org.postrider.storage.testing.TestStores;

/// How many maildrops are opened and closed in a second, as POP3 clients do that poll. The figures
/// are printed.
@Tag("bench")
class MaildropBenchmark {

    private static final int CALLERS = Integer.getInteger("throughput.callers", 32);
    private static final int ACCOUNTS = Integer.getInteger("throughput.accounts", 200);
    private static final int LOGINS = Integer.getInteger("throughput.logins", 20_000);

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
            var accounts = new ArrayList<Account>();
            for (int i = 0; i < ACCOUNTS; i++) {
                accounts.add(TestStores.account(store, "user%d@example.test".formatted(i)));
            }
            logIn(store, accounts, ACCOUNTS, CALLERS);
            var one = logIn(store, accounts, LOGINS / 4, 1);
            var many = logIn(store, accounts, LOGINS, CALLERS);
            System.out.printf(
                    "%s: %.0f maildrops/s by one caller, %.0f by %d callers (%d accounts)%n",
                    name, one, many, CALLERS, ACCOUNTS);
        }
    }

    /// @return maildrops in a second
    private static double logIn(Store store, List<Account> accounts, int logins, int callers)
            throws Exception {
        var next = new AtomicInteger();
        var start = Instant.now();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var done = new ArrayList<Future<?>>();
            for (int i = 0; i < callers; i++) {
                done.add(
                        threads.submit(() -> {
                            for (int n = next.getAndIncrement();
                                    n < logins;
                                    n = next.getAndIncrement()) {
                                logIn(store, accounts.get(n % accounts.size()));
                            }
                            return null;
                        }));
            }
            for (var each : done) {
                each.get();
            }
        }
        return logins / (Duration.between(start, Instant.now()).toNanos() / 1e9);
    }

    private static void logIn(Store store, Account account) {
        var opened = store.maildrops().open(account.id(), "pop3");
        assertThat(opened).isInstanceOf(Outcome.Done.class);
        ((Outcome.Done<org.postrider.storage.mailbox.Maildrops.Maildrop>) opened).value().close();
    }
}
