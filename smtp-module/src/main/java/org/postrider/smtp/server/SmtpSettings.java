package org.postrider.smtp.server;

import org.jspecify.annotations.Nullable;
import org.postrider.storage.address.DomainName;
import org.postrider.storage.address.MailAddress;

/// How an SMTP listener behaves.
///
/// @param kind what it is for
/// @param hostname how the server calls itself
/// @param mxAuth whether people may log in on an MX; says nothing about submission
/// @param limits of each session
/// @param postmaster the account that gets mail for postmaster where no account has that name (RFC
///   5321 §4.5.1), or null
public record SmtpSettings(
        ServiceKind kind,
        DomainName hostname,
        MxAuth mxAuth,
        SmtpLimits limits,
        @Nullable MailAddress postmaster) {

    /// The MX with usual limits, without login.
    public static SmtpSettings mx(DomainName hostname) {
        return new SmtpSettings(ServiceKind.MX, hostname, MxAuth.OFF, SmtpLimits.defaults(), null);
    }

    /// Submission with usual limits.
    public static SmtpSettings submission(DomainName hostname) {
        return new SmtpSettings(
                ServiceKind.SUBMISSION, hostname, MxAuth.OFF, SmtpLimits.defaults(), null);
    }

    public SmtpSettings withMxAuth(MxAuth mxAuth) {
        return new SmtpSettings(kind, hostname, mxAuth, limits, postmaster);
    }

    public SmtpSettings withLimits(SmtpLimits limits) {
        return new SmtpSettings(kind, hostname, mxAuth, limits, postmaster);
    }

    public SmtpSettings withPostmaster(MailAddress postmaster) {
        return new SmtpSettings(kind, hostname, mxAuth, limits, postmaster);
    }
}
