package org.postrider.storage.jdbc;

import java.util.Arrays;
import java.util.Collections;
import org.postrider.storage.mailbox.UidSet;

/// Up to 1,024 consecutive messages of a view, in columns, about 26 octets a message.
///
/// What a view can see of a chunk never changes. The columns may have room behind the last message;
/// a later version of the same chunk, made under the lock of the account, fills it, and earlier
/// versions do not look there.
final class Chunk {

    static final int MOST = 1024;
    private static final int SMALLEST = 8;

    private final int[] uids;
    private final int[] sizes;
    private final long[] dates;
    private final char[] flags;
    private final long[] modSeqs;
    final int count;
    final int unseen;

    private Chunk(
            int[] uids,
            int[] sizes,
            long[] dates,
            char[] flags,
            long[] modSeqs,
            int count,
            int unseen) {
        this.uids = uids;
        this.sizes = sizes;
        this.dates = dates;
        this.flags = flags;
        this.modSeqs = modSeqs;
        this.count = count;
        this.unseen = unseen;
    }

    static Chunk empty() {
        return new Chunk(
                new int[SMALLEST],
                new int[SMALLEST],
                new long[SMALLEST],
                new char[SMALLEST],
                new long[SMALLEST],
                0,
                0);
    }

    boolean full() {
        return count == MOST;
    }

    long uid(int at) {
        return Integer.toUnsignedLong(uids[at]);
    }

    int size(int at) {
        return sizes[at];
    }

    long date(int at) {
        return dates[at];
    }

    int flags(int at) {
        return flags[at];
    }

    long modSeq(int at) {
        return modSeqs[at];
    }

    long firstUid() {
        return uid(0);
    }

    long lastUid() {
        return uid(count - 1);
    }

    /// Whether nothing can differ between the messages of the two.
    @SuppressWarnings("ReferenceEquality")
    boolean same(Chunk other) {
        return this == other
                || (uids == other.uids && flags == other.flags && count == other.count);
    }

    /// The first message whose UID is at least this; [#count] when there is none.
    int firstFrom(long uid) {
        int low = 0;
        int high = count;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (uid(middle) < uid) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /// Where the UIDs of a set are.
    int[] positions(UidSet uids) {
        var positions = new int[count];
        int found = 0;
        var ranges = uids.ranges();
        int low =
                Collections.binarySearch(
                        ranges,
                        new UidSet.Range(firstUid(), firstUid()),
                        (range, key) ->
                                range.last() < key.first()
                                        ? -1
                                        : range.first() > key.first() ? 1 : 0);
        for (int i = low >= 0 ? low : -low - 1; i < ranges.size(); i++) {
            var range = ranges.get(i);
            if (range.first() > lastUid()) {
                break;
            }
            int at = firstFrom(range.first());
            while (at < count && uid(at) <= range.last()) {
                positions[found++] = at++;
            }
        }
        return Arrays.copyOf(positions, found);
    }

    /// This chunk and one more message.
    Chunk with(MessageRow message, int flagsIndex, long modSeq) {
        if (count == uids.length) {
            return widened().with(message, flagsIndex, modSeq);
        }
        uids[count] = (int) message.uid();
        sizes[count] = message.size();
        dates[count] = message.date();
        flags[count] = (char) flagsIndex;
        modSeqs[count] = modSeq;
        boolean seen = (message.flags() & KeywordBits.SEEN) != 0;
        return new Chunk(uids, sizes, dates, flags, modSeqs, count + 1, unseen + (seen ? 0 : 1));
    }

    private Chunk widened() {
        int room = Math.min(MOST, Math.max(SMALLEST, uids.length * 2));
        return new Chunk(
                Arrays.copyOf(uids, room),
                Arrays.copyOf(sizes, room),
                Arrays.copyOf(dates, room),
                Arrays.copyOf(flags, room),
                Arrays.copyOf(modSeqs, room),
                count,
                unseen);
    }

    /// A change of flags in a chunk: a copy of the columns that change.
    Flagging flagging() {
        return new Flagging();
    }

    final class Flagging {
        private final char[] newFlags = Arrays.copyOf(flags, flags.length);
        private final long[] newModSeqs = Arrays.copyOf(modSeqs, modSeqs.length);
        private int newUnseen = unseen;

        void set(int at, boolean wasSeen, int flagsIndex, boolean isSeen, long modSeq) {
            newFlags[at] = (char) flagsIndex;
            newModSeqs[at] = modSeq;
            newUnseen += (wasSeen ? 1 : 0) - (isSeen ? 1 : 0);
        }

        Chunk done() {
            return new Chunk(uids, sizes, dates, newFlags, newModSeqs, count, newUnseen);
        }
    }

    /// What is left when some messages go.
    ///
    /// @param gone by position
    /// @param goneUnseen how many of them are unseen
    Chunk without(boolean[] gone, int goneUnseen) {
        int left = 0;
        for (int at = 0; at < count; at++) {
            left += gone[at] ? 0 : 1;
        }
        int room = Math.max(SMALLEST, left);
        var kept =
                new Chunk(
                        new int[room],
                        new int[room],
                        new long[room],
                        new char[room],
                        new long[room],
                        left,
                        unseen - goneUnseen);
        int to = 0;
        for (int at = 0; at < count; at++) {
            if (!gone[at]) {
                kept.uids[to] = uids[at];
                kept.sizes[to] = sizes[at];
                kept.dates[to] = dates[at];
                kept.flags[to] = flags[at];
                kept.modSeqs[to] = modSeqs[at];
                to++;
            }
        }
        return kept;
    }
}
