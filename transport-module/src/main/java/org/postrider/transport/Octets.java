package org.postrider.transport;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Searching in octets, eight at a time.
final class Octets {

    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long HIGHS = 0x8080_8080_8080_8080L;

    private Octets() {}

    /// The first `wanted` in the range, or -1.
    static int indexOf(byte[] octets, byte wanted, int from, int to) {
        long pattern = ONES * (wanted & 0xff);
        int i = from;
        for (; i + Long.BYTES <= to; i += Long.BYTES) {
            long differing = (long) LONGS.get(octets, i) ^ pattern;
            long zeros = (differing - ONES) & ~differing & HIGHS;
            if (zeros != 0) {
                return i + Long.numberOfTrailingZeros(zeros) / Byte.SIZE;
            }
        }
        for (; i < to; i++) {
            if (octets[i] == wanted) {
                return i;
            }
        }
        return -1;
    }

    /// The first octet up to and with CR, which are NUL, LF, CR and controls that are rare in text;
    /// the end of the range when there is none.
    static int indexOfControl(byte[] octets, int from, int to) {
        int i = from;
        for (; i + Long.BYTES <= to; i += Long.BYTES) {
            long eight = (long) LONGS.get(octets, i);
            long low = (eight - ONES * ('\r' + 1)) & ~eight & HIGHS;
            if (low != 0) {
                return i + Long.numberOfTrailingZeros(low) / Byte.SIZE;
            }
        }
        while (i < to && (octets[i] < 0 || octets[i] > '\r')) {
            i++;
        }
        return i;
    }
}
