package org.postrider.storage.jdbc;

import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// What could be brought back to a mailbox at all moments that a [Question] sees, and what at one
/// of them. The answer may have what was removed or brought back meanwhile, or lack it.
final class Recoverable {

    /// All that was there at one of the moments, as it was seen last.
    final TreeMap<Long, ModelMailbox.Tombstone> ever = new TreeMap<>();

    private final Set<Long> missed = new HashSet<>();
    private boolean begun;

    /// @param found at the next moment, by UID
    void sees(Map<Long, ModelMailbox.Tombstone> found) {
        if (begun) {
            found.keySet().stream().filter(uid -> !ever.containsKey(uid)).forEach(missed::add);
        }
        begun = true;
        ever.keySet().stream().filter(uid -> !found.containsKey(uid)).forEach(missed::add);
        ever.putAll(found);
    }

    /// The UIDs of all that was there at every moment.
    NavigableSet<Long> always() {
        var uids = new TreeSet<>(ever.keySet());
        uids.removeAll(missed);
        return uids;
    }

    /// What was there, as it was seen last.
    ModelMailbox.Tombstone last(long uid) {
        return Optional.ofNullable(ever.get(uid))
                .orElseThrow(() -> new AssertionError("UID " + uid + " was never there"));
    }

    long octets(Collection<Long> uids) {
        return uids.stream().mapToLong(uid -> last(uid).message().octets()).sum();
    }
}
