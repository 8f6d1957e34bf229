package org.postrider.transport;

/// The TLS session of a connection.
///
/// @param protocol the version as JSSE names it, for example `TLSv1.3`
/// @param cipherSuite the suite as JSSE names it
public record TlsInfo(String protocol, String cipherSuite) {}
