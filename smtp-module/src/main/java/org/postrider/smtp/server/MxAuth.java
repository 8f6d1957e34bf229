package org.postrider.smtp.server;

/// Whether people may log in where servers deliver (`postrider.mx.auth`). Who does gets a
/// submission session on that connection.
public enum MxAuth {
    OFF,
    /// Under TLS.
    TLS,
    /// Under TLS, or in clear text between two loopback addresses.
    LOOPBACK
}
