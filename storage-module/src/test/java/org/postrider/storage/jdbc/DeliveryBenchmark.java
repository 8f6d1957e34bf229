package org.postrider.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.postrider.storage.Store;
import org.postrider.storage.StoreSettings;
import org.postrider.storage.directory.Account;
import org.postrider.storage.mailbox.Delivery;
import org.postrider.storage.mailbox.Outcome;
import org.postrider.storage.testing.TestStores;

/// How many durable deliveries there are in a second. The figures are printed; what is asserted is
/// only that callers share commits.
class DeliveryBenchmark extends DatabaseBenchmark {

    private static final int CALLERS = Integer.getInteger("throughput.callers", 32);
    private static final int ACCOUNTS = Integer.getInteger("throughput.accounts", 200);
    private static final int MESSAGES = Integer.getInteger("throughput.messages", 30_000);

    @Override
    void measure(String name, StoreSettings settings) throws Exception {
        try (var store = JdbcStore.open(settings, InstantSource.system())) {
            var accounts = accounts(store, ACCOUNTS);
            deliver(store, accounts, MESSAGES / 4, CALLERS);
            var one = deliver(store, accounts, MESSAGES / 20, 1);
            var many = deliver(store, accounts, MESSAGES, CALLERS);
            System.out.printf(
                    "%s: %.0f deliveries/s by one caller, %.0f by %d callers (4 KB, %d accounts)%n",
                    name, one, many, CALLERS, ACCOUNTS);
            assertThat(many).isGreaterThan(one);
        }
    }

    /// @return deliveries in a second
    private static double deliver(Store store, List<Account> accounts, int messages, int callers)
            throws Exception {
        var message = "Subject: a message of 4 KB\r\n\r\n" + "0123456789 abcdef\r\n".repeat(210);
        return perSecond(messages, callers, accounts, account -> deliver(store, account, message));
    }

    private static void deliver(Store store, Account account, String message) {
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
