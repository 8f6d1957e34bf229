package org.postrider.storage.jdbc.view;

import java.util.Arrays;
import java.util.List;
import org.postrider.storage.jdbc.account.MessageRow;
import org.postrider.storage.jdbc.account.UidRanges;

/// The UIDs of a mailbox as runs, 12 octets each.
public final class UidRuns {

    static final UidRuns NONE = new UidRuns(new int[0], new int[0]);

    private final int[] firsts;
    private final int[] lasts;

    /// How many UIDs are before each run; one entry more than there are runs.
    private final int[] starts;

    private UidRuns(int[] firsts, int[] lasts) {
        this.firsts = firsts;
        this.lasts = lasts;
        this.starts = new int[firsts.length + 1];
        for (int i = 0; i < firsts.length; i++) {
            starts[i + 1] = starts[i] + lasts[i] - firsts[i] + 1;
        }
    }

    static UidRuns of(ChunkedView view) {
        var builder = new Builder(NONE);
        for (int i = 0; i < view.chunkCount(); i++) {
            builder.add(view.chunk(i));
        }
        return builder.done();
    }

    /// These and more, which are higher.
    UidRuns with(List<MessageRow> messages) {
        var builder = new Builder(this);
        messages.forEach(message -> builder.add(message.uid(), message.uid()));
        return builder.done();
    }

    int size() {
        return starts[firsts.length];
    }

    long uid(int index) {
        if (index < 0 || index >= size()) {
            throw new IndexOutOfBoundsException(index);
        }
        int run = runOf(index);
        return first(run) + index - starts[run];
    }

    /// The index of the first UID that is at least this; [#size] when there is none.
    int firstFrom(long uid) {
        int low = 0;
        int high = firsts.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (last(middle) < uid) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low == firsts.length ? size() : starts[low] + (int) Math.max(0, uid - first(low));
    }

    boolean contains(long uid) {
        int index = firstFrom(uid);
        return index < size() && uid(index) == uid;
    }

    /// Hands over those that others have not.
    void without(UidRuns others, UidRanges to) {
        for (int run = 0; run < firsts.length; run++) {
            long from = first(run);
            int other = others.firstFrom(from);
            while (other < others.size() && others.uid(other) <= last(run)) {
                int covered = others.runOf(other);
                to.add(from, others.uid(other) - 1);
                from = others.last(covered) + 1;
                other = others.starts[covered + 1];
            }
            to.add(from, last(run));
        }
    }

    private int runOf(int index) {
        int run = Arrays.binarySearch(starts, index);
        return run >= 0 ? run : -run - 2;
    }

    private long first(int run) {
        return Integer.toUnsignedLong(firsts[run]);
    }

    private long last(int run) {
        return Integer.toUnsignedLong(lasts[run]);
    }

    /// What they need in memory, about.
    public int octets() {
        return 24 + 3 * 16 + 4 + 12 * firsts.length;
    }

    private static final class Builder {
        private int[] firsts;
        private int[] lasts;
        private int count;

        Builder(UidRuns base) {
            count = base.firsts.length;
            firsts = Arrays.copyOf(base.firsts, count + 1);
            lasts = Arrays.copyOf(base.lasts, count + 1);
        }

        void add(Chunk chunk) {
            if (chunk.lastUid() - chunk.firstUid() + 1 == chunk.count) {
                add(chunk.firstUid(), chunk.lastUid());
                return;
            }
            for (int at = 0; at < chunk.count; at++) {
                add(chunk.uid(at), chunk.uid(at));
            }
        }

        void add(long first, long last) {
            if (count > 0 && Integer.toUnsignedLong(lasts[count - 1]) + 1 == first) {
                lasts[count - 1] = (int) last;
                return;
            }
            if (count == firsts.length) {
                firsts = Arrays.copyOf(firsts, count * 2);
                lasts = Arrays.copyOf(lasts, count * 2);
            }
            firsts[count] = (int) first;
            lasts[count] = (int) last;
            count++;
        }

        UidRuns done() {
            return new UidRuns(Arrays.copyOf(firsts, count), Arrays.copyOf(lasts, count));
        }
    }
}
