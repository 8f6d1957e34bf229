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

        public Limits {
            if (octets.orElse(0) < 0 || messages.orElse(0) < 0) {
                throw new IllegalArgumentException("a quota cannot be negative");
            }
        }
    }
}
