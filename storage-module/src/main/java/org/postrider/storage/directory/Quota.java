package org.postrider.storage.directory;

import java.util.OptionalLong;

/// How much mail an account has, and how much it may have (RFC 9208). What can be brought back is
/// not counted.
///
/// @param octets in its mailboxes, counted once for each copy
/// @param messages in its mailboxes
public record Quota(long octets, long messages, Limits limits) {

    /// Whether so much more would be within the limits.
    public boolean hasRoom(long moreOctets, long moreMessages) {
        return within(octets + moreOctets, limits.octets())
                && within(messages + moreMessages, limits.messages());
    }

    private static boolean within(long figure, OptionalLong limit) {
        return limit.isEmpty() || figure <= limit.getAsLong();
    }

    /// What an account may have at most; empty is without limit.
    public record Limits(OptionalLong octets, OptionalLong messages) {

        public static final Limits NONE = new Limits(OptionalLong.empty(), OptionalLong.empty());

        /// Limits of which those below 0 are none.
        public static Limits of(long octets, long messages) {
            return new Limits(limit(octets), limit(messages));
        }

        private static OptionalLong limit(long value) {
            return value < 0 ? OptionalLong.empty() : OptionalLong.of(value);
        }

        public Limits {
            if (octets.orElse(0) < 0 || messages.orElse(0) < 0) {
                throw new IllegalArgumentException("a quota cannot be negative");
            }
        }
    }
}
