package org.postrider.storage.jdbc.view;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import org.postrider.storage.jdbc.account.KeywordBits;
import org.postrider.storage.jdbc.account.MessageRow;
import org.postrider.storage.mailbox.Flags;

/// Up to 1,024 consecutive messages of a view, in columns, about 18 octets a message.
///
/// What a view can see of a chunk never changes. The columns may have room behind the last message;
/// a later version of the same chunk, made under the lock of the account, fills it, and earlier
/// versions do not look there.
public final class Chunk {

    static final int MOST = 1024;
    private static final int SMALLEST = 8;
    private static final AtomicLong STAMPS = new AtomicLong();

    private final int[] uids;
    private final int[] sizes;
    private final LongColumn dates;
    private final MaskColumn masks;
    private final LongColumn modSeqs;
    public final int count;
    final int unseen;

    /// The highest MODSEQ in it.
    final long lastModSeq;

    /// No other chunk of this process has it.
    public final long stamp = STAMPS.incrementAndGet();

    private Chunk(
            int[] uids,
            int[] sizes,
            LongColumn dates,
            MaskColumn masks,
            LongColumn modSeqs,
            int count,
            int unseen,
            long lastModSeq) {
        this.uids = uids;
        this.sizes = sizes;
        this.dates = dates;
        this.masks = masks;
        this.modSeqs = modSeqs;
        this.count = count;
        this.unseen = unseen;
        this.lastModSeq = lastModSeq;
    }

    public static Chunk empty() {
        return new Chunk(
                new int[SMALLEST],
                new int[SMALLEST],
                LongColumn.all(0),
                MaskColumn.all(0),
                LongColumn.all(0),
                0,
                0,
                0);
    }

    /// The first `count` of these messages, in UID order. The arrays of UIDs and sizes are taken if
    /// they have no room to spare.
    static Chunk of(
            int[] uids, int[] sizes, long[] dates, long[] masks, long[] modSeqs, int count) {
        int unseen = 0;
        long last = 0;
        for (int at = 0; at < count; at++) {
            unseen += (masks[at] & KeywordBits.SEEN) == 0 ? 1 : 0;
            last = Math.max(last, modSeqs[at]);
        }
        return new Chunk(
                uids.length == count ? uids : Arrays.copyOf(uids, count),
                sizes.length == count ? sizes : Arrays.copyOf(sizes, count),
                LongColumn.of(dates, count, count),
                MaskColumn.of(masks, count, count),
                LongColumn.of(modSeqs, count, count),
                count,
                unseen,
                last);
    }

    boolean full() {
        return count == MOST;
    }

    public long uid(int at) {
        return Integer.toUnsignedLong(uids[at]);
    }

    public int size(int at) {
        return sizes[at];
    }

    public long date(int at) {
        return dates.get(at);
    }

    /// The bits of `message.flags`.
    public long mask(int at) {
        return masks.get(at);
    }

    /// How many masks [#whichMask] tells apart.
    int differentMasks() {
        return masks.different();
    }

    /// A number that messages have in common whose masks are the same.
    int whichMask(int at) {
        return masks.index(at);
    }

    Flags flags(int at, FlagTable table, KeywordBits keywords) {
        return masks.flags(at, table, keywords);
    }

    public long modSeq(int at) {
        return modSeqs.get(at);
    }

    public long firstUid() {
        return uid(0);
    }

    public long lastUid() {
        return uid(count - 1);
    }

    public MessageRow row(int at) {
        return new MessageRow(uid(at), mask(at), size(at), date(at));
    }

    /// Whether nothing can differ between the messages of the two.
    @SuppressWarnings("ReferenceEquality")
    boolean same(Chunk other) {
        return this == other
                || (uids == other.uids && masks == other.masks && count == other.count);
    }

    /// The first message whose UID is at least this; [#count] when there is none.
    int firstFrom(long uid) {
        return firstBetween(0, count, uid);
    }

    /// The same, when none before a position is; quick when it is near.
    int firstFrom(int start, long uid) {
        int low = start;
        int step = 1;
        while (low + step <= count && uid(low + step - 1) < uid) {
            low += step;
            step *= 2;
        }
        return firstBetween(low, Math.min(low + step - 1, count), uid);
    }

    private int firstBetween(int from, int to, long uid) {
        int low = from;
        int high = to;
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

    /// The first message without \Seen, or -1.
    int firstUnseen() {
        for (int at = 0; unseen > 0 && at < count; at++) {
            if ((mask(at) & KeywordBits.SEEN) == 0) {
                return at;
            }
        }
        return -1;
    }

    /// This chunk and one more message.
    public Chunk with(MessageRow message, long modSeq) {
        int room =
                count < uids.length ? uids.length : Math.min(MOST, Math.max(SMALLEST, count * 2));
        var newUids = room == uids.length ? uids : Arrays.copyOf(uids, room);
        var newSizes = room == sizes.length ? sizes : Arrays.copyOf(sizes, room);
        newUids[count] = (int) message.uid();
        newSizes[count] = message.size();
        boolean seen = (message.flags() & KeywordBits.SEEN) != 0;
        return new Chunk(
                newUids,
                newSizes,
                dates.with(count, message.date(), room),
                masks.with(count, message.flags(), room),
                modSeqs.with(count, modSeq, room),
                count + 1,
                unseen + (seen ? 0 : 1),
                Math.max(lastModSeq, modSeq));
    }

    /// A change of flags in this chunk.
    Flagging flagging() {
        return new Flagging();
    }

    /// Collects the masks that messages of a chunk get. One that is set twice has the second.
    final class Flagging {
        private long[] newMasks = new long[0];
        private long[] newModSeqs = new long[0];
        private boolean whole;
        private long wholeMask;
        private long wholeModSeq;

        /// Gives all messages from one position up to, not with, another this mask.
        void set(int from, int to, long mask, long modSeq) {
            if (from == 0 && to == count) {
                whole = true;
                wholeMask = mask;
                wholeModSeq = modSeq;
                newMasks = new long[0];
                return;
            }
            if (newMasks.length == 0) {
                expand();
            }
            Arrays.fill(newMasks, from, to, mask);
            Arrays.fill(newModSeqs, from, to, modSeq);
        }

        private void expand() {
            if (whole) {
                newMasks = new long[count];
                newModSeqs = new long[count];
                Arrays.fill(newMasks, wholeMask);
                Arrays.fill(newModSeqs, wholeModSeq);
                whole = false;
            } else {
                newMasks = masks.values(count);
                newModSeqs = modSeqs.values(count);
            }
        }

        Chunk done() {
            if (whole) {
                boolean seen = (wholeMask & KeywordBits.SEEN) != 0;
                return new Chunk(
                        uids,
                        sizes,
                        dates,
                        MaskColumn.all(wholeMask),
                        LongColumn.all(wholeModSeq),
                        count,
                        seen ? 0 : count,
                        wholeModSeq);
            }
            int newUnseen = 0;
            long last = 0;
            for (int at = 0; at < count; at++) {
                newUnseen += (newMasks[at] & KeywordBits.SEEN) == 0 ? 1 : 0;
                last = Math.max(last, newModSeqs[at]);
            }
            return new Chunk(
                    uids,
                    sizes,
                    dates,
                    MaskColumn.of(newMasks, count, count),
                    LongColumn.of(newModSeqs, count, count),
                    count,
                    newUnseen,
                    last);
        }
    }

    /// What is left when some messages go.
    ///
    /// @param gone by position
    Chunk without(boolean[] gone) {
        var left = new Merge(count);
        left.add(this, gone);
        return left.done();
    }

    /// One chunk with the messages of two that follow each other.
    static Chunk merged(Chunk first, Chunk second) {
        var both = new Merge(first.count + second.count);
        both.add(first, new boolean[first.count]);
        both.add(second, new boolean[second.count]);
        return both.done();
    }

    /// Puts messages of chunks into a new one.
    private static final class Merge {
        private final int[] uids;
        private final int[] sizes;
        private final long[] dates;
        private final long[] masks;
        private final long[] modSeqs;
        private int count;

        Merge(int room) {
            uids = new int[room];
            sizes = new int[room];
            dates = new long[room];
            masks = new long[room];
            modSeqs = new long[room];
        }

        void add(Chunk chunk, boolean[] gone) {
            for (int at = 0; at < chunk.count; at++) {
                if (!gone[at]) {
                    uids[count] = chunk.uids[at];
                    sizes[count] = chunk.sizes[at];
                    dates[count] = chunk.date(at);
                    masks[count] = chunk.mask(at);
                    modSeqs[count] = chunk.modSeq(at);
                    count++;
                }
            }
        }

        Chunk done() {
            return Chunk.of(uids, sizes, dates, masks, modSeqs, count);
        }
    }

    /// What it needs in memory, about.
    int octets() {
        return 64
                + 32
                + 4 * (uids.length + sizes.length)
                + dates.octets()
                + masks.octets()
                + modSeqs.octets();
    }
}
