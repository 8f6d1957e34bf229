package org.postrider.pop3.wire;

/// A message's name inside one session: counted from 1 in the order of the maildrop, fixed until
/// QUIT (RFC 1939 §5).
public record MessageNumber(int value) {

    public MessageNumber {
        if (value < 1) {
            throw new IllegalArgumentException("message number out of range: " + value);
        }
    }

    /// The place in the maildrop, counted from 0.
    public int index() {
        return value - 1;
    }

    public static MessageNumber at(int index) {
        return new MessageNumber(index + 1);
    }

    @Override
    public String toString() {
        return Integer.toString(value);
    }
}
