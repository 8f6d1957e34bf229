package org.postrider.smtp.server;

import java.time.Duration;

/// Every limit of an SMTP session.
///
/// @param messageOctets the largest message, announced by SIZE
/// @param recipients the most recipients of one message (RFC 5321 §4.5.3.1.8 asks for 100 at least)
/// @param commandLine octets of a command line; RFC 5321 §4.5.3.1.4 gives 512, extensions add to
///   that
/// @param loginLine octets of a line within AUTH (RFC 4954 §4)
/// @param hops the most Received fields of a message (RFC 5321 §6.3 asks for 100 at least)
/// @param faults commands that are wrong, since the last accepted message, before the server hangs
///   up
/// @param refusedRecipients refused recipients of one connection before the server hangs up
/// @param failedLogins before the server hangs up
/// @param silence how long a client may be silent; RFC 5321 §4.5.3.2.7 gives 5 minutes at least
public record SmtpLimits(
        long messageOctets,
        int recipients,
        int commandLine,
        int loginLine,
        int hops,
        int faults,
        int refusedRecipients,
        int failedLogins,
        Duration silence) {

    public SmtpLimits {
        boolean positive =
                messageOctets > 0
                        && recipients > 0
                        && commandLine >= 512
                        && loginLine >= commandLine
                        && hops > 0
                        && faults > 0
                        && refusedRecipients > 0
                        && failedLogins > 0
                        && silence.isPositive();
        if (!positive) {
            throw new IllegalArgumentException("a limit leaves no room for a session");
        }
    }

    public static SmtpLimits defaults() {
        return new SmtpLimits(50L << 20, 1000, 2048, 12288, 100, 20, 100, 5, Duration.ofMinutes(5));
    }

    public SmtpLimits withMessageOctets(long messageOctets) {
        return new SmtpLimits(
                messageOctets,
                recipients,
                commandLine,
                loginLine,
                hops,
                faults,
                refusedRecipients,
                failedLogins,
                silence);
    }
}
