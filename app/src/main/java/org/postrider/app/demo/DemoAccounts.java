package org.postrider.app.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.postrider.app.config.AccountSeries;
import org.postrider.app.config.PostriderProperties.Demo;
import org.postrider.app.security.PasswordHashing;
import org.postrider.storage.Store;
import org.postrider.storage.address.MailAddress;
import org.postrider.storage.directory.AccountEntry;
import org.postrider.storage.directory.Change;
import org.postrider.storage.directory.Directory;
import org.postrider.storage.directory.Directory.Credential;
import org.postrider.storage.directory.Domain;
import org.postrider.storage.directory.PasswordHash;
import org.postrider.storage.directory.Precondition;

/// The accounts of a demonstration. All have one password and one hash of it, because a hash of its
/// own for each of thousands would take minutes.
///
/// @param addresses every account, alice and bob first
/// @param password everybody's
public record DemoAccounts(List<MailAddress> addresses, String password) {

    private static final List<AccountSeries> ALWAYS =
            List.of(
                    AccountSeries.valueOf("alice@example.test"),
                    AccountSeries.valueOf("bob@example.test"));

    /// How many accounts are created together: enough to share the store's group commits.
    private static final int TOGETHER = 512;

    public DemoAccounts {
        addresses = List.copyOf(addresses);
    }

    /// No accounts: not a demonstration.
    public static DemoAccounts none() {
        return new DemoAccounts(List.of(), "");
    }

    /// Makes the accounts that are missing, and gives the others this password.
    public static DemoAccounts prepare(Demo settings, Store store, PasswordHashing hashing) {
        var series = new ArrayList<>(ALWAYS);
        series.addAll(settings.accounts());
        var addresses =
                series.stream().flatMap(each -> each.addresses().stream()).distinct().toList();
        for (var domain : Set.copyOf(addresses.stream().map(MailAddress::domain).toList())) {
            made(
                    store.administration()
                            .putDomain(Domain.Settings.of(domain), new Precondition.None()));
        }
        var hash =
                sharedHash(addresses.getFirst(), settings.password(), store.directory(), hashing);
        for (int from = 0; from < addresses.size(); from += TOGETHER) {
            int to = Math.min(from + TOGETHER, addresses.size());
            together(addresses.subList(from, to), store, hash);
        }
        return new DemoAccounts(addresses, settings.password());
    }

    private static PasswordHash sharedHash(
            MailAddress first, String password, Directory directory, PasswordHashing hashing) {
        return directory
                .credential(first)
                .map(Credential::password)
                .filter(hash -> hashing.matches(password, hash))
                .orElseGet(() -> hashing.hash(password));
    }

    private static void together(List<MailAddress> addresses, Store store, PasswordHash hash) {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var created = new ArrayList<Future<?>>();
            for (var address : addresses) {
                Callable<Object> task = () -> prepare(address, store, hash);
                created.add(threads.submit(task));
            }
            for (var each : created) {
                each.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("the demonstration's accounts could not be made", e);
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts the start", e);
        }
    }

    private static boolean prepare(MailAddress address, Store store, PasswordHash hash) {
        var credential = store.directory().credential(address);
        if (credential.filter(known -> known.password().equals(hash)).isEmpty()) {
            var settings = AccountEntry.Settings.of(address, hash);
            made(store.administration().putAccount(settings, new Precondition.None()));
        }
        return true;
    }

    private static <T> void made(Change<T> change) {
        if (change instanceof Change.Refused<T> refused) {
            throw new IllegalStateException("not made for the demonstration: " + refused);
        }
    }
}
