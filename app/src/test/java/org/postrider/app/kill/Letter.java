package org.postrider.app.kill;

import java.util.Collection;
import java.util.SortedSet;
import java.util.TreeSet;

/// A message in a mailbox.
///
/// @param uid its UID, or [#UNKNOWN]
record Letter(String name, SortedSet<String> flags, long uid) {

    /// The server has not told the UID yet.
    static final long UNKNOWN = 0;

    static final String DELETED = "\\Deleted";
    static final String SEEN = "\\Seen";

    Letter {
        flags = new TreeSet<>(flags);
        flags.remove("\\Recent"); // of a session, not of the message
    }

    Letter at(long given) {
        return new Letter(name, flags, given);
    }

    Letter flagged(Collection<String> now) {
        return new Letter(name, new TreeSet<>(now), uid);
    }

    Letter with(Collection<String> more) {
        var all = new TreeSet<>(flags);
        all.addAll(more);
        return flagged(all);
    }

    Letter without(Collection<String> some) {
        var left = new TreeSet<>(flags);
        left.removeAll(some);
        return flagged(left);
    }

    boolean isDeleted() {
        return flags.contains(DELETED);
    }

    /// Whether this is what was found, as far as it is known.
    boolean matches(Letter found) {
        return name.equals(found.name)
                && flags.equals(found.flags)
                && (uid == UNKNOWN || uid == found.uid);
    }
}
