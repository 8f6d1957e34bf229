package org.postrider.imap.wire;

import java.time.Duration;

/// Everything that IMAP bounds, in one place.
///
/// @param lineBeforeLogin octets in one line of a command before login
/// @param lineAfterLogin octets in one line of a command after login (RFC 7162 §4 wants 8192 at
///   least; clients write long sets of UIDs)
/// @param literalsBeforeLogin octets in all literals of one command before login
/// @param literalsAfterLogin octets in all literals of one command after login, the message of an
///   APPEND aside
/// @param messageOctets octets in an appended message
/// @param skippedOctets octets of refused literals that are read away before the connection is
///   rather closed (RFC 7888 §4)
/// @param nesting depth of parentheses, NOT and OR in a SEARCH
/// @param keys search keys, fetch items or names in one list
/// @param mistakesBeforeLogin commands answered BAD before login until the connection is closed
/// @param mistakesAfterLogin commands answered BAD one after the other after login until the
///   connection is closed
/// @param failedLogins refused passwords until the connection is closed
/// @param silenceBeforeLogin how long a client may be silent before login
/// @param silenceAfterLogin how long a client may be silent after login: 30 minutes at least (RFC
///   3501 §5.4)
public record ImapLimits(
        int lineBeforeLogin,
        int lineAfterLogin,
        int literalsBeforeLogin,
        int literalsAfterLogin,
        long messageOctets,
        long skippedOctets,
        int nesting,
        int keys,
        int mistakesBeforeLogin,
        int mistakesAfterLogin,
        int failedLogins,
        Duration silenceBeforeLogin,
        Duration silenceAfterLogin) {

    /// The shortest silence after which a server may end a session (RFC 3501 §5.4).
    public static final Duration LEAST_SILENCE = Duration.ofMinutes(30);

    /// The largest literal that LITERAL- lets a client send without asking (RFC 7888 §5).
    public static final int LITERAL_MINUS = 4096;

    /// Octets of a header that are taken apart to find fields in it.
    public static final int HEADER = 1 << 20;

    public static final ImapLimits DEFAULT =
            new ImapLimits(
                    8192,
                    65536,
                    LITERAL_MINUS,
                    262_144,
                    50L << 20,
                    128L << 20,
                    50,
                    1000,
                    10,
                    100,
                    5,
                    Duration.ofMinutes(3),
                    Duration.ofMinutes(31));

    public ImapLimits {
        if (silenceAfterLogin.compareTo(LEAST_SILENCE) < 0) {
            throw new IllegalArgumentException(
                    "an IMAP session may be silent for 30 minutes at least: " + silenceAfterLogin);
        }
        if (lineBeforeLogin < 1024 || lineAfterLogin < lineBeforeLogin || messageOctets < 1) {
            throw new IllegalArgumentException("IMAP limits too small");
        }
    }

    /// These limits with another one for the size of a message.
    public ImapLimits withMessageOctets(long octets) {
        return new ImapLimits(
                lineBeforeLogin,
                lineAfterLogin,
                literalsBeforeLogin,
                literalsAfterLogin,
                octets,
                Math.max(skippedOctets, 2 * octets),
                nesting,
                keys,
                mistakesBeforeLogin,
                mistakesAfterLogin,
                failedLogins,
                silenceBeforeLogin,
                silenceAfterLogin);
    }
}
