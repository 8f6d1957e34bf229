package org.postrider.storage.mailbox;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.RandomAccess;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/// A set of UIDs as ascending ranges that neither touch nor overlap: eight octets a range, as a
/// change of a large mailbox can have one for each message.
public final class UidSet {

    public static final UidSet EMPTY = new UidSet(new int[0]);

    /// The first and the last UID of each range, in order, without sign.
    private final int[] bounds;

    private final long size;

    /// All UIDs from `first` to `last`, both included.
    public record Range(long first, long last) {
        public Range {
            if (first < 1 || last > Uid.MAX || first > last) {
                throw new IllegalArgumentException("not a range of UIDs: " + first + ":" + last);
            }
        }

        public long size() {
            return last - first + 1;
        }
    }

    /// @param ranges in any order; those that touch or overlap become one
    public UidSet(List<Range> ranges) {
        this(merged(ranges));
    }

    private UidSet(int[] bounds) {
        this.bounds = bounds;
        long sum = 0;
        for (int i = 0; i < bounds.length; i += 2) {
            sum += Integer.toUnsignedLong(bounds[i + 1]) - Integer.toUnsignedLong(bounds[i]) + 1;
        }
        this.size = sum;
    }

    public static UidSet of(long... uids) {
        return new UidSet(LongStream.of(uids).mapToObj(uid -> new Range(uid, uid)).toList());
    }

    public static UidSet range(long first, long last) {
        return new UidSet(List.of(new Range(first, last)));
    }

    /// The set of ranges, best in order.
    ///
    /// @param bounds the first and the last UID of each, without sign
    /// @param count how many of the bounds to take
    public static UidSet ofBounds(int[] bounds, int count) {
        var taken = Arrays.copyOf(bounds, count);
        return isInOrder(taken) ? new UidSet(taken) : new UidSet(new Ranges(taken));
    }

    private static boolean isInOrder(int[] bounds) {
        long last = -1;
        for (int i = 0; i < bounds.length; i += 2) {
            long first = Integer.toUnsignedLong(bounds[i]);
            long end = Integer.toUnsignedLong(bounds[i + 1]);
            if (first < last + 2 || end < first) {
                return false;
            }
            last = end;
        }
        return true;
    }

    /// The ranges, ascending.
    public List<Range> ranges() {
        return new Ranges(bounds);
    }

    private static final class Ranges extends AbstractList<Range> implements RandomAccess {
        private final int[] bounds;

        Ranges(int[] bounds) {
            this.bounds = bounds;
        }

        @Override
        public Range get(int index) {
            return new Range(
                    Integer.toUnsignedLong(bounds[2 * index]),
                    Integer.toUnsignedLong(bounds[2 * index + 1]));
        }

        @Override
        public int size() {
            return bounds.length / 2;
        }
    }

    public boolean isEmpty() {
        return bounds.length == 0;
    }

    /// How many UIDs are in the set.
    public long size() {
        return size;
    }

    public boolean contains(long uid) {
        int low = 0;
        int high = bounds.length / 2 - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            if (uid < Integer.toUnsignedLong(bounds[2 * middle])) {
                high = middle - 1;
            } else if (uid > Integer.toUnsignedLong(bounds[2 * middle + 1])) {
                low = middle + 1;
            } else {
                return true;
            }
        }
        return false;
    }

    public void forEach(LongConsumer consumer) {
        for (var range : ranges()) {
            for (long uid = range.first(); uid <= range.last(); uid++) {
                consumer.accept(uid);
            }
        }
    }

    public UidSet plus(UidSet more) {
        var all = new ArrayList<>(ranges());
        all.addAll(more.ranges());
        return new UidSet(all);
    }

    /// The set as sets that follow each other, each of so many UIDs but the last.
    public List<UidSet> pieces(int most) {
        if (size <= most) {
            return isEmpty() ? List.of() : List.of(this);
        }
        var pieces = new ArrayList<UidSet>();
        var piece = new int[Math.min(bounds.length + 2, 2 * most)];
        int count = 0;
        long room = most;
        for (var range : ranges()) {
            for (long from = range.first(); from <= range.last(); ) {
                long last = Math.min(range.last(), from + room - 1);
                piece[count++] = (int) from;
                piece[count++] = (int) last;
                room -= last - from + 1;
                from = last + 1;
                if (room == 0) {
                    pieces.add(new UidSet(Arrays.copyOf(piece, count)));
                    count = 0;
                    room = most;
                }
            }
        }
        if (count > 0) {
            pieces.add(new UidSet(Arrays.copyOf(piece, count)));
        }
        return pieces;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof UidSet set && Arrays.equals(bounds, set.bounds);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bounds);
    }

    /// The set as RFC 9051 §9 `uid-set` writes it: `1:3,7`.
    @Override
    public String toString() {
        return ranges().stream()
                .map(range ->
                        range.first() == range.last()
                                ? Long.toString(range.first())
                                : range.first() + ":" + range.last())
                .collect(Collectors.joining(","));
    }

    private static int[] merged(List<Range> ranges) {
        var sorted = ranges.toArray(Range[]::new);
        Arrays.sort(sorted, (one, other) -> Long.compare(one.first(), other.first()));
        var merged = new int[2 * sorted.length];
        int count = 0;
        long last = -1;
        for (var range : sorted) {
            if (range.first() <= last + 1) {
                last = Math.max(last, range.last());
            } else {
                merged[count] = (int) range.first();
                count += 2;
                last = range.last();
            }
            merged[count - 1] = (int) last;
        }
        return Arrays.copyOf(merged, count);
    }
}
