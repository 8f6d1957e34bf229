package org.postrider.storage.jdbc;

import java.util.ArrayList;
import java.util.List;
import org.postrider.storage.mailbox.UidSet;

/// Collects ascending UIDs into ranges.
final class UidRanges {

    private final List<UidSet.Range> ranges = new ArrayList<>();
    private long first;
    private long last;

    void add(long uid) {
        if (first != 0 && uid == last + 1) {
            last = uid;
            return;
        }
        flush();
        first = uid;
        last = uid;
    }

    /// All from one to another; none when the second is lower.
    void add(long from, long to) {
        if (from <= to) {
            add(from);
            last = to;
        }
    }

    boolean isEmpty() {
        return first == 0;
    }

    UidSet toSet() {
        flush();
        first = 0;
        return ranges.isEmpty() ? UidSet.EMPTY : new UidSet(ranges);
    }

    private void flush() {
        if (first != 0) {
            ranges.add(new UidSet.Range(first, last));
        }
    }
}
