package org.postrider.storage.jdbc.view;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.postrider.storage.jdbc.account.KeywordBits;
import org.postrider.storage.mailbox.Flags;

/// The flags that the masks of a mailbox mean, so that messages with equal masks share one object.
/// All versions of a view share one table. It is bounded: masks that come when it is full are
/// translated once a chunk.
final class FlagTable {

    private static final int MOST = 4_096;

    private final Map<Long, Flags> known = new ConcurrentHashMap<>(8);

    Flags flags(long mask, KeywordBits keywords) {
        var found = known.get(mask);
        if (found != null) {
            return found;
        }
        var flags = keywords.flags(mask);
        if (known.size() >= MOST) {
            return flags;
        }
        var first = known.putIfAbsent(mask, flags);
        return first == null ? flags : first;
    }
}
