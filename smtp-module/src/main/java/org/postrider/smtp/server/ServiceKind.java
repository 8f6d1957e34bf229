package org.postrider.smtp.server;

/// What a listener is for.
public enum ServiceKind {
    /// Takes mail for this server's accounts from everybody (port 25).
    MX,
    /// Takes mail from those who logged in (RFC 6409, ports 587 and 465).
    SUBMISSION
}
