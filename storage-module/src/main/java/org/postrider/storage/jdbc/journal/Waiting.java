package org.postrider.storage.jdbc.journal;

import java.util.ArrayList;
import java.util.List;

/// What was written and not forced, in order.
///
/// @param octets how much of it is in memory
record Waiting(List<Entry> entries, long octets) {

    static final Waiting NOTHING = new Waiting(List.of(), 0);

    Waiting {
        entries = List.copyOf(entries);
    }

    Waiting with(Entry entry) {
        var more = new ArrayList<Entry>(entries.size() + 1);
        more.addAll(entries);
        more.add(entry);
        long length = entry instanceof Entry.Write(_, var written) ? written.length : 0;
        return new Waiting(more, octets + length);
    }
}
