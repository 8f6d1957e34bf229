package org.postrider.storage.jdbc.journal;

import java.util.ArrayList;
import java.util.List;

/// What was written and is not in the file yet, in order.
///
/// @param durable how many of them, the first ones, are in the journal
/// @param octets how much memory those have that are not
/// @param held how much memory those have that are
record Waiting(List<Entry> entries, int durable, long octets, long held) {

    static final Waiting NOTHING = new Waiting(List.of(), 0, 0, 0);

    Waiting {
        entries = List.copyOf(entries);
    }

    Waiting with(Entry entry) {
        var more = new ArrayList<Entry>(entries.size() + 1);
        more.addAll(entries);
        more.add(entry);
        return new Waiting(more, durable, octets + entry.octetCount(), held);
    }

    /// Those that are not in the journal.
    List<Entry> volatiles() {
        return entries.subList(durable, entries.size());
    }

    /// The same when all are in the journal.
    Waiting allDurable() {
        return new Waiting(entries, entries.size(), 0, held + octets);
    }
}
