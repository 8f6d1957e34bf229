package org.postrider.storage.jdbc;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;
import org.postrider.storage.jdbc.Change.Masked;
import org.postrider.storage.mailbox.UidSet;

/// What a change of flags would make of messages of a view: worked out mask by mask, not message by
/// message, and nothing is changed yet.
final class Reflagging {

    private final LongUnaryOperator change;
    private final UidRanges changed = new UidRanges();
    private final UidRanges modified = new UidRanges();
    private final Map<Long, Becoming> becoming = new HashMap<>();
    private final TreeMap<Long, UidRanges> groups = new TreeMap<>();
    private final MailboxState.Count count = new MailboxState.Count();
    private final UidSet changedUids;
    private final UidSet modifiedUids;

    /// What messages with a mask get.
    ///
    /// @param uids null when it is what they have
    private record Becoming(long before, long after, @Nullable UidRanges uids) {}

    /// @param uids which messages; those that are not there are passed over
    /// @param unchangedSince when given, messages with a higher MODSEQ are left alone
    /// @param change asked once for each different mask
    Reflagging(
            ChunkedView view, UidSet uids, OptionalLong unchangedSince, LongUnaryOperator change) {
        this.change = change;
        view.forEachRun(
                uids, (chunk, from, to) -> look(view.chunk(chunk), from, to, unchangedSince));
        this.changedUids = changed.toSet();
        this.modifiedUids = modified.toSet();
    }

    private void look(Chunk chunk, int from, int to, OptionalLong unchangedSince) {
        boolean allInTime =
                unchangedSince.isEmpty() || chunk.lastModSeq <= unchangedSince.getAsLong();
        Becoming last = null;
        for (int at = from; at < to; at++) {
            if (!allInTime && chunk.modSeq(at) > unchangedSince.getAsLong()) {
                modified.add(chunk.uid(at));
                continue;
            }
            long mask = chunk.mask(at);
            if (last == null || last.before() != mask) {
                last = becoming.computeIfAbsent(mask, this::becoming);
            }
            if (last.uids() != null) {
                last.uids().add(chunk.uid(at));
                changed.add(chunk.uid(at));
                count.flags(mask, last.after());
            }
        }
    }

    private Becoming becoming(long before) {
        long after = change.applyAsLong(before);
        var uids = after == before ? null : groups.computeIfAbsent(after, _ -> new UidRanges());
        return new Becoming(before, after, uids);
    }

    /// The messages whose flags would be different.
    UidSet changed() {
        return changedUids;
    }

    /// The messages that changed too late.
    UidSet modified() {
        return modifiedUids;
    }

    /// The flags that messages would have, and which.
    List<Masked> groups() {
        var all = new ArrayList<Masked>();
        groups.forEach((mask, uids) -> all.add(new Masked(mask, uids.toSet())));
        return all;
    }

    /// How the figures of the mailbox would change.
    MailboxState.Count count() {
        return count;
    }
}
