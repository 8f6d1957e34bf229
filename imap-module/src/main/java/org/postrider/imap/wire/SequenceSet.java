package org.postrider.imap.wire;

import java.util.List;

/// A set of messages as a client names them, by sequence number or by UID (RFC 3501 §9
/// `sequence-set`).
///
/// @param ranges as written
public record SequenceSet(List<Range> ranges) {

    /// `*`: the last message of the mailbox, whichever that is.
    public static final long STAR = 0;

    /// Both ends included, in either order; [#STAR] stands for the last message.
    public record Range(long first, long last) {
        public Range {
            if (first < 0 || last < 0 || first > 0xFFFF_FFFFL || last > 0xFFFF_FFFFL) {
                throw new IllegalArgumentException("not a range: " + first + ":" + last);
            }
        }

        public boolean hasStar() {
            return first == STAR || last == STAR;
        }

        /// The smaller end when `*` is `star`.
        public long from(long star) {
            return Math.min(end(first, star), end(last, star));
        }

        /// The larger end when `*` is `star`.
        public long to(long star) {
            return Math.max(end(first, star), end(last, star));
        }

        private static long end(long number, long star) {
            return number == STAR ? star : number;
        }
    }

    public SequenceSet {
        ranges = List.copyOf(ranges);
        if (ranges.isEmpty()) {
            throw new IllegalArgumentException("a set names a message at least");
        }
    }
}
