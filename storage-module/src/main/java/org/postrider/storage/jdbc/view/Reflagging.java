package org.postrider.storage.jdbc.view;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;
import org.postrider.storage.jdbc.account.Change.Masked;
import org.postrider.storage.jdbc.account.MailboxState;
import org.postrider.storage.jdbc.account.UidRanges;
import org.postrider.storage.mailbox.UidSet;

/// What a change of flags would make of messages of a view: worked out mask by mask, not message by
/// message, and nothing is changed yet.
public final class Reflagging {

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
    public Reflagging(
            ChunkedView view, UidSet uids, OptionalLong unchangedSince, LongUnaryOperator change) {
        this.change = change;
        var known = new OfChunk[view.chunkCount()];
        view.forEachRun(
                uids,
                (number, from, to) -> {
                    var chunk = view.chunk(number);
                    if (known[number] == null) {
                        known[number] = new OfChunk(chunk);
                    }
                    look(chunk, known[number], from, to, unchangedSince);
                });
        this.changedUids = changed.toSet();
        this.modifiedUids = modified.toSet();
    }

    /// What is known of the masks of one chunk.
    private final class OfChunk {
        private final Chunk chunk;
        private final @Nullable Becoming[] known;

        OfChunk(Chunk chunk) {
            this.chunk = chunk;
            this.known = new Becoming[chunk.differentMasks()];
        }

        Becoming at(int at) {
            int mask = chunk.whichMask(at);
            var found = known[mask];
            if (found == null) {
                found = becoming.computeIfAbsent(chunk.mask(at), Reflagging.this::becoming);
                known[mask] = found;
            }
            return found;
        }
    }

    private void look(Chunk chunk, OfChunk known, int from, int to, OptionalLong unchangedSince) {
        boolean allInTime =
                unchangedSince.isEmpty() || chunk.lastModSeq <= unchangedSince.getAsLong();
        for (int at = from; at < to; at++) {
            long uid = chunk.uid(at);
            if (!allInTime && chunk.modSeq(at) > unchangedSince.getAsLong()) {
                modified.add(uid);
                continue;
            }
            var one = known.at(at);
            if (one.uids() != null) {
                one.uids().add(uid);
                changed.add(uid);
                count.flags(one.before(), one.after());
            }
        }
    }

    private Becoming becoming(long before) {
        long after = change.applyAsLong(before);
        var uids = after == before ? null : groups.computeIfAbsent(after, _ -> new UidRanges());
        return new Becoming(before, after, uids);
    }

    /// The messages whose flags would be different.
    public UidSet changed() {
        return changedUids;
    }

    /// The messages that changed too late.
    public UidSet modified() {
        return modifiedUids;
    }

    /// The flags that messages would have, and which.
    public List<Masked> groups() {
        var all = new ArrayList<Masked>();
        groups.forEach((mask, uids) -> all.add(new Masked(mask, uids.toSet())));
        return all;
    }

    /// How the figures of the mailbox would change.
    public MailboxState.Count count() {
        return count;
    }
}
