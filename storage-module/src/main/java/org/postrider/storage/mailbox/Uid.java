package org.postrider.storage.mailbox;

/// A message's name inside one mailbox: assigned once, ever increasing, never reused (RFC 9051
/// §2.3.1.1).
public record Uid(long value) implements Comparable<Uid> {

    /// The largest UID there can be.
    public static final long MAX = 0xFFFF_FFFFL;

    public Uid {
        if (value < 1 || value > MAX) {
            throw new IllegalArgumentException("UID out of range: " + value);
        }
    }

    @Override
    public int compareTo(Uid other) {
        return Long.compare(value, other.value);
    }
}
