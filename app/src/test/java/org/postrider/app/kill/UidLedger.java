package org.postrider.app.kill;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Which message each UID was ever told to be: it is never another one (RFC 3501 §2.3.1.1).
final class UidLedger {

    private record Key(String account, long uidValidity, long uid) {}

    private final Map<Key, String> told = new ConcurrentHashMap<>();

    void told(String account, long uidValidity, long uid, String name) {
        var before = told.putIfAbsent(new Key(account, uidValidity, uid), name);
        assertThat(before == null ? name : before)
                .as("UID %d of %s under UIDVALIDITY %d", uid, account, uidValidity)
                .isEqualTo(name);
    }

    /// How many UIDs were told.
    int size() {
        return told.size();
    }
}
