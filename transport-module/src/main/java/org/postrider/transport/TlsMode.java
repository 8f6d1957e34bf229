package org.postrider.transport;

/// When a listener's connections become encrypted.
public enum TlsMode {
    /// Never: clear text for the whole connection.
    NONE,
    /// When the client asks (STARTTLS, STLS).
    STARTTLS,
    /// Before the first octet of the protocol (RFC 8314 §3).
    IMPLICIT
}
