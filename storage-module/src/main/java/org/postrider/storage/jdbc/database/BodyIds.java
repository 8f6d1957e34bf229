package org.postrider.storage.jdbc.database;

import java.util.concurrent.atomic.AtomicLong;

/// Numbers for bodies: 41 bits of milliseconds, 10 bits of node, 12 bits of sequence. They grow
/// with time, so rows of one time lie together, and are unique in the installation.
public final class BodyIds {

    private static final int NODE_BITS = 10;
    private static final int SEQUENCE_BITS = 12;

    private final int node;
    private final AtomicLong last = new AtomicLong();

    public BodyIds(int node) {
        this.node = node;
    }

    /// A number of this kind, the lowest of that time.
    public static long at(long millis) {
        return millis << (NODE_BITS + SEQUENCE_BITS);
    }

    /// The time in the last number.
    public long millis() {
        return last.get() >>> SEQUENCE_BITS;
    }

    /// From now on numbers are higher than this one, which an earlier process may have given by
    /// another clock.
    public void startAbove(long given) {
        long millis = (given >>> (NODE_BITS + SEQUENCE_BITS)) + 1;
        last.accumulateAndGet(millis << SEQUENCE_BITS, Math::max);
    }

    /// A number that was not given before, whatever the clock does meanwhile.
    public long next(long millis) {
        long earliest = millis << SEQUENCE_BITS;
        long ticks = last.updateAndGet(before -> Math.max(before + 1, earliest));
        long time = ticks >>> SEQUENCE_BITS;
        long sequence = ticks & ((1L << SEQUENCE_BITS) - 1);
        return (((time << NODE_BITS) | node) << SEQUENCE_BITS) | sequence;
    }
}
