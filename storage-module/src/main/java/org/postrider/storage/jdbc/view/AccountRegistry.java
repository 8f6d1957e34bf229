package org.postrider.storage.jdbc.view;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import org.postrider.storage.StoreLimits;

/// The accounts in memory. Those that sessions follow stay; of the others the ones used last,
/// within limits. So it is with whole views: those stay that a session needs which does more than
/// wait, of the others the ones used last, as many octets as the limit says and an eighth more.
public final class AccountRegistry {

    private final ConcurrentMap<Integer, LiveAccount> accounts = new ConcurrentHashMap<>();
    private final StoreLimits.Memory limits;

    /// Octets of views.
    private final AtomicLong loadedSinceLook = new AtomicLong();

    private volatile int nextLook;

    public AccountRegistry(StoreLimits.Memory limits) {
        this.limits = limits;
        this.nextLook = limits.cachedAccounts();
    }

    public Optional<LiveAccount> find(int account) {
        return Optional.ofNullable(accounts.get(account));
    }

    public List<LiveAccount> all() {
        return List.copyOf(accounts.values());
    }

    /// The account, kept in memory until [LiveAccount#unpin].
    public LiveAccount pinned(int account) {
        return accounts.compute(
                account,
                (number, live) -> {
                    var kept =
                            live == null
                                    ? new LiveAccount(number, loadedSinceLook::addAndGet)
                                    : live;
                    kept.pin();
                    return kept;
                });
    }

    /// Brings memory back under its limits, if it is over. What cannot go counts as little as
    /// possible: after a look that let few go, the next one is made when a quarter more is there.
    public void trim() {
        if (accounts.size() > nextLook) {
            evictAccounts();
            nextLook = Math.max(limits.cachedAccounts(), accounts.size() + accounts.size() / 4);
        }
        long loaded = loadedSinceLook.get();
        if (loaded > limits.views().cachedOctets() / 8
                && loadedSinceLook.compareAndSet(loaded, 0)) {
            trimViews();
        }
    }

    /// Forgets views that nobody needs until they are within the limit, the ones used longest ago
    /// first.
    private void trimViews() {
        var candidates = new ArrayList<LiveAccount.Restable>();
        accounts.values().forEach(account -> candidates.addAll(account.restable()));
        candidates.sort(Comparator.comparingLong(LiveAccount.Restable::lastUse));
        long octets = candidates.stream().mapToLong(LiveAccount.Restable::octets).sum();
        for (var candidate : candidates) {
            if (octets <= limits.views().cachedOctets()) {
                return;
            }
            candidate.account().rest(candidate.mailbox());
            octets -= candidate.octets();
        }
    }

    /// Puts mailboxes to rest whose sessions have only waited since this was done last. The work of
    /// `Upkeep`.
    public void restQuiet() {
        accounts.values().forEach(LiveAccount::restQuiet);
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
