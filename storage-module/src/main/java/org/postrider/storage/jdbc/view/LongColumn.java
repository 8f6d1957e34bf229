package org.postrider.storage.jdbc.view;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Longs of a chunk as differences to a base: no octets where all are the same, 4 each where that
/// is enough, 5 where it nearly is (dates some years apart), else 8.
///
/// Immutable as far as its chunk can see. Like the chunk's other columns it may have room behind
/// the last value, which a later version fills.
final class LongColumn {

    private static final long MOST_IN_4 = 0xFFFF_FFFFL;
    private static final long MOST_IN_5 = 0xFF_FFFF_FFFFL;

    private final long base;
    private final int @Nullable [] low;
    private final byte @Nullable [] high;
    private final long @Nullable [] whole;

    private LongColumn(
            long base, int @Nullable [] low, byte @Nullable [] high, long @Nullable [] whole) {
        this.base = base;
        this.low = low;
        this.high = high;
        this.whole = whole;
    }

    /// A column in which every value is this one.
    static LongColumn all(long value) {
        return new LongColumn(value, null, null, null);
    }

    /// The first `count` of these values, with room for more.
    static LongColumn of(long[] values, int count, int room) {
        if (count == 0) {
            return all(0);
        }
        long least = values[0];
        long most = values[0];
        for (int i = 1; i < count; i++) {
            least = Math.min(least, values[i]);
            most = Math.max(most, values[i]);
        }
        long span = most - least;
        if (span == 0) {
            return all(least);
        }
        if (Long.compareUnsigned(span, MOST_IN_5) > 0) {
            return new LongColumn(0, null, null, Arrays.copyOf(values, room));
        }
        boolean small = span <= MOST_IN_4;
        // With room, later values may be lower too: half of what is not needed stays below.
        long below = room > count ? ((small ? MOST_IN_4 : MOST_IN_5) - span) / 2 : 0;
        return differences(values, count, room, least - below, small);
    }

    private static LongColumn differences(
            long[] values, int count, int room, long base, boolean small) {
        var low = new int[room];
        var high = small ? null : new byte[room];
        for (int i = 0; i < count; i++) {
            long difference = values[i] - base;
            low[i] = (int) difference;
            if (high != null) {
                high[i] = (byte) (difference >>> 32);
            }
        }
        return new LongColumn(base, low, high, null);
    }

    long get(int at) {
        if (low != null) {
            long difference = Integer.toUnsignedLong(low[at]);
            return base + (high == null ? difference : difference | (high[at] & 0xFFL) << 32);
        }
        return whole == null ? base : whole[at];
    }

    /// The first `count` values.
    long[] values(int count) {
        var values = new long[count];
        for (int i = 0; i < count; i++) {
            values[i] = get(i);
        }
        return values;
    }

    /// This column and one more value.
    ///
    /// @param count how many there are
    /// @param room how many there may be
    LongColumn with(int count, long value, int room) {
        if (count == 0) {
            return all(value);
        }
        if (low == null && whole == null && value == base) {
            return this;
        }
        if (fits(value) && count < capacity()) {
            put(count, value);
            return this;
        }
        var values = Arrays.copyOf(values(count), count + 1);
        values[count] = value;
        return of(values, count + 1, Math.max(room, count + 1));
    }

    private boolean fits(long value) {
        return whole != null
                || (low != null
                        && Long.compareUnsigned(value - base, high == null ? MOST_IN_4 : MOST_IN_5)
                                <= 0);
    }

    private int capacity() {
        return whole != null ? whole.length : low != null ? low.length : 0;
    }

    private void put(int at, long value) {
        if (whole != null) {
            whole[at] = value;
        }
        if (low != null) {
            low[at] = (int) (value - base);
        }
        if (high != null) {
            high[at] = (byte) ((value - base) >>> 32);
        }
    }

    /// What it needs in memory, about.
    int octets() {
        return 32
                + (low == null ? 0 : 16 + 4 * low.length)
                + (high == null ? 0 : 16 + high.length)
                + (whole == null ? 0 : 16 + 8 * whole.length);
    }
}
