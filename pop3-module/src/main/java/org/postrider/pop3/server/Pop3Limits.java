package org.postrider.pop3.server;

import java.time.Duration;

/// Every limit of a POP3 connection.
///
/// @param commandOctets the longest command line, without CRLF; RFC 2449 §4 wants 255 with it
/// @param authOctets the longest line of an AUTH exchange (RFC 5034 §4), without CRLF
/// @param badCommands how many lines that are no command, or not one of this state, are answered
///   before the connection ends
/// @param commandsBeforeLogin how many commands a client has to log in
/// @param loginFailures how many wrong passwords a connection may try
/// @param loginIdle how long a client may be silent before it has logged in
/// @param autologout how long a client may be silent afterwards: at least ten minutes (RFC 1939 §3)
public record Pop3Limits(
        int commandOctets,
        int authOctets,
        int badCommands,
        int commandsBeforeLogin,
        int loginFailures,
        Duration loginIdle,
        Duration autologout) {

    /// RFC 1939 §3; stands first, because the record below is checked against it.
    private static final Duration SHORTEST_AUTOLOGOUT = Duration.ofMinutes(10);

    public static final Pop3Limits DEFAULT =
            new Pop3Limits(255, 12_288, 20, 60, 5, Duration.ofMinutes(2), Duration.ofMinutes(10));

    public Pop3Limits {
        if (commandOctets < 253 || authOctets < commandOctets) {
            throw new IllegalArgumentException("lines must be allowed 255 octets with CRLF");
        }
        if (badCommands < 1 || commandsBeforeLogin < 4 || loginFailures < 1) {
            throw new IllegalArgumentException("a client must be able to log in");
        }
        if (!loginIdle.isPositive()) {
            throw new IllegalArgumentException("no time to log in: " + loginIdle);
        }
        if (autologout.compareTo(SHORTEST_AUTOLOGOUT) < 0) {
            throw new IllegalArgumentException("autologout under ten minutes: " + autologout);
        }
    }
}
