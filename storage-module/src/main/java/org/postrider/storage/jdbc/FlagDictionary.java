package org.postrider.storage.jdbc;

import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.postrider.storage.mailbox.Flags;

/// The different flag masks of a mailbox's views and the [Flags] they mean, so that a message needs
/// a short index and messages with equal flags share one object. It only grows, and an index keeps
/// its meaning, so all versions of a view share one.
final class FlagDictionary {

    /// An index is a `char`.
    static final int MOST = 65_535;

    private final Map<Long, Integer> indexes = new ConcurrentHashMap<>();
    private volatile long[] masks = new long[8];
    private volatile Flags[] flags = new Flags[8];

    /// Whether it is time for a new one with only what is in use.
    boolean full() {
        return indexes.size() >= MOST / 4 * 3;
    }

    long mask(int index) {
        return masks[index];
    }

    Flags flags(int index) {
        return flags[index];
    }

    /// The index of a mask.
    ///
    /// @param keywords what the bits mean, those of this mask at least
    int index(long mask, KeywordBits keywords) {
        var known = indexes.get(mask);
        return known == null ? add(mask, keywords) : known;
    }

    private synchronized int add(long mask, KeywordBits keywords) {
        var known = indexes.get(mask);
        if (known != null) {
            return known;
        }
        int index = indexes.size();
        if (index == MOST) {
            throw new IllegalStateException("a mailbox with " + MOST + " different sets of flags");
        }
        if (index == masks.length) {
            flags = Arrays.copyOf(flags, index * 2);
            masks = Arrays.copyOf(masks, index * 2);
        }
        masks[index] = mask;
        flags[index] = keywords.flags(mask);
        indexes.put(mask, index);
        return index;
    }
}
