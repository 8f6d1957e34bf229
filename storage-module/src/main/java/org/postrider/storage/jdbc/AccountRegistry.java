package org.postrider.storage.jdbc;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import org.postrider.storage.StoreLimits;

/// The accounts in memory. Those that sessions follow stay; of the others the ones used last,
/// within limits.
final class AccountRegistry {

    private final ConcurrentMap<Integer, LiveAccount> accounts = new ConcurrentHashMap<>();
    private final StoreLimits.Memory limits;
    private final AtomicLong loadedSinceLook = new AtomicLong();
    private volatile int nextLook;

    AccountRegistry(StoreLimits.Memory limits) {
        this.limits = limits;
        this.nextLook = limits.cachedAccounts();
    }

    Optional<LiveAccount> find(int account) {
        return Optional.ofNullable(accounts.get(account));
    }

    List<LiveAccount> all() {
        return List.copyOf(accounts.values());
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

    /// Brings memory back under its limits, if it is over. What cannot go counts as little as
    /// possible: after a look that let few go, the next one is made when a quarter more is there.
    void trim() {
        if (accounts.size() > nextLook) {
            evictAccounts();
            nextLook = Math.max(limits.cachedAccounts(), accounts.size() + accounts.size() / 4);
        }
    }

    /// The same for views, when so many messages were loaded that it may be time.
    void loaded(int messages) {
        long sum = loadedSinceLook.addAndGet(messages * 20L + 200);
        if (sum > limits.views().cachedOctets() / 8 && loadedSinceLook.compareAndSet(sum, 0)) {
            trimViews();
        }
    }

    /// Forgets views until those that nobody follows are within the limit, the ones used longest
    /// ago first.
    private void trimViews() {
        var oldest =
                accounts.values().stream()
                        .sorted(Comparator.comparingLong(LiveAccount::lastUse))
                        .toList();
        long idle = oldest.stream().mapToLong(LiveAccount::idleOctets).sum();
        for (var account : oldest) {
            if (idle <= limits.views().cachedOctets()) {
                return;
            }
            idle -= account.idleOctets();
            account.dropIdleViews();
        }
    }

    private void evictAccounts() {
        var oldest =
                accounts.values().stream()
                        .sorted(Comparator.comparingLong(LiveAccount::lastUse))
                        .limit(Math.max(0, accounts.size() - limits.cachedAccounts() / 2))
                        .toList();
        for (var account : oldest) {
            accounts.computeIfPresent(account.number(), (_, live) -> live.evict() ? null : live);
        }
    }
}
