package org.postrider.storage.jdbc.account;

import java.util.Arrays;
import org.postrider.storage.mailbox.UidSet;

/// Collects ascending UIDs into ranges.
public final class UidRanges {

    /// The first and the last UID of each range, without sign.
    private int[] bounds = new int[16];

    private int count;
    private long last = -2;

    public void add(long uid) {
        add(uid, uid);
    }

    /// All from one to another; none when the second is lower.
    public void add(long from, long to) {
        if (from > to) {
            return;
        }
        if (from != last + 1) {
            bounds = count == bounds.length ? Arrays.copyOf(bounds, 2 * count) : bounds;
            bounds[count] = (int) from;
            count += 2;
        }
        bounds[count - 1] = (int) to;
        last = to;
    }

    boolean isEmpty() {
        return count == 0;
    }

    public UidSet toSet() {
        return UidSet.ofBounds(bounds, count);
    }
}
