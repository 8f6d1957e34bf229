package org.postrider.storage.jdbc.journal;

import java.util.Arrays;

/// One thing done to a file.
sealed interface Entry {

    /// Octets written at a position.
    record Write(long position, byte[] octets) implements Entry {}

    /// The file cut off.
    record Truncation(long size) implements Entry {}

    /// How much memory it has.
    default long octetCount() {
        return this instanceof Write(_, var octets) ? octets.length : 0;
    }

    /// The file's size after this, when it was that before.
    default long sizeAfter(long before) {
        return switch (this) {
            case Write(var position, var octets) -> Math.max(before, position + octets.length);
            case Truncation(var size) -> Math.min(before, size);
        };
    }

    /// Puts what this wrote among the octets that begin at a position.
    default void show(byte[] octets, long at) {
        switch (this) {
            case Write(var position, var written) -> {
                long from = Math.max(at, position);
                long to = Math.min(at + octets.length, position + written.length);
                if (from < to) {
                    System.arraycopy(
                            written,
                            (int) (from - position),
                            octets,
                            (int) (from - at),
                            (int) (to - from));
                }
            }
            case Truncation(var size) -> {
                int from = Math.clamp(size - at, 0, octets.length);
                Arrays.fill(octets, from, octets.length, (byte) 0);
            }
        }
    }
}
