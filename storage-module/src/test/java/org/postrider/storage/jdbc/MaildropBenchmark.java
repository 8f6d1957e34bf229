package org.postrider.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.InstantSource;
import java.util.List;
import org.postrider.storage.Store;
import org.postrider.storage.StoreSettings;
import org.postrider.storage.directory.Account;
import org.postrider.storage.mailbox.Outcome;

/// How many maildrops are opened and closed in a second, as POP3 clients do that poll. The figures
/// are printed.
class MaildropBenchmark extends DatabaseBenchmark {

    private static final int CALLERS = Integer.getInteger("throughput.callers", 32);
    private static final int ACCOUNTS = Integer.getInteger("throughput.accounts", 200);
    private static final int LOGINS = Integer.getInteger("throughput.logins", 20_000);

    @Override
    void measure(String name, StoreSettings settings) throws Exception {
        try (var store = JdbcStore.open(settings, InstantSource.system())) {
            var accounts = accounts(store, ACCOUNTS);
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
        return perSecond(logins, callers, accounts, account -> logIn(store, account));
    }

    private static void logIn(Store store, Account account) {
        var opened = store.maildrops().open(account.id(), "pop3");
        assertThat(opened).isInstanceOf(Outcome.Done.class);
        ((Outcome.Done<org.postrider.storage.mailbox.Maildrops.Maildrop>) opened).value().close();
    }
}
