package org.postrider.storage.mailbox;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/// A set of UIDs as ascending ranges that neither touch nor overlap.
///
/// @param ranges the ranges, ascending
public record UidSet(List<Range> ranges) {

    public static final UidSet EMPTY = new UidSet(List.of());

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

    public UidSet {
        ranges = merged(ranges);
    }

    public static UidSet of(long... uids) {
        return new UidSet(LongStream.of(uids).mapToObj(uid -> new Range(uid, uid)).toList());
    }

    public static UidSet range(long first, long last) {
        return new UidSet(List.of(new Range(first, last)));
    }

    public boolean isEmpty() {
        return ranges.isEmpty();
    }

    /// How many UIDs are in the set.
    public long size() {
        return ranges.stream().mapToLong(Range::size).sum();
    }

    public boolean contains(long uid) {
        int low = 0;
        int high = ranges.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            var range = ranges.get(middle);
            if (uid < range.first()) {
                high = middle - 1;
            } else if (uid > range.last()) {
                low = middle + 1;
            } else {
                return true;
            }
        }
        return false;
    }

    public void forEach(LongConsumer consumer) {
        for (var range : ranges) {
            for (long uid = range.first(); uid <= range.last(); uid++) {
                consumer.accept(uid);
            }
        }
    }

    public UidSet plus(UidSet more) {
        var all = new ArrayList<>(ranges);
        all.addAll(more.ranges);
        return new UidSet(all);
    }

    /// The set as RFC 9051 §9 `uid-set` writes it: `1:3,7`.
    @Override
    public String toString() {
        return ranges.stream()
                .map(range ->
                        range.first() == range.last()
                                ? Long.toString(range.first())
                                : range.first() + ":" + range.last())
                .collect(Collectors.joining(","));
    }

    private static List<Range> merged(List<Range> ranges) {
        var sorted = new ArrayList<>(ranges);
        sorted.sort(Comparator.comparingLong(Range::first));
        var merged = new ArrayList<Range>(sorted.size());
        for (var range : sorted) {
            if (!merged.isEmpty() && range.first() <= merged.getLast().last() + 1) {
                var before = merged.removeLast();
                merged.add(new Range(before.first(), Math.max(before.last(), range.last())));
            } else {
                merged.add(range);
            }
        }
        return List.copyOf(merged);
    }
}
