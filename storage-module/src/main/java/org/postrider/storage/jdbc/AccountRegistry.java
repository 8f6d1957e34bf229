package org.postrider.storage.jdbc;

import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.postrider.storage.StoreSettings;

/// The accounts in memory. Those that sessions follow stay; of the others the ones used last,
/// within limits.
final class AccountRegistry {

    private final ConcurrentMap<Integer, LiveAccount> accounts = new ConcurrentHashMap<>();
    private final StoreSettings.Limits limits;

    AccountRegistry(StoreSettings.Limits limits) {
        this.limits = limits;
    }

    Optional<LiveAccount> find(int account) {
        return Optional.ofNullable(accounts.get(account));
    }

    /// The account, kept in memory until [LiveAccount#unpin].
    LiveAccount pinned(int account) {
        return accounts.compute(
                account,
                (number, live) -> {
                    var kept = live == null ? new LiveAccount(number) : live;
                    kept.pin();
                    return kept;
                });
    }

    /// Brings memory back under its limits, if it is over.
    void trim() {
        if (accounts.size() > limits.cachedAccounts()) {
            evictAccounts();
        }
    }

    /// Forgets views until those that nobody follows are within the limit.
    void trimViews() {
        long idle = accounts.values().stream().mapToLong(LiveAccount::idleMessages).sum();
        if (idle <= limits.cachedMessages()) {
            return;
        }
        var oldest =
                accounts.values().stream()
                        .sorted(Comparator.comparingLong(LiveAccount::lastUse))
                        .toList();
        for (var account : oldest) {
            if (idle <= limits.cachedMessages() / 2) {
                return;
            }
            idle -= account.idleMessages();
            account.dropIdleViews();
        }
    }

    private void evictAccounts() {
        var oldest =
                accounts.values().stream()
                        .sorted(Comparator.comparingLong(LiveAccount::lastUse))
                        .limit(accounts.size() - limits.cachedAccounts() / 2)
                        .toList();
        for (var account : oldest) {
            accounts.computeIfPresent(account.number(), (_, live) -> live.evict() ? null : live);
        }
    }
}
