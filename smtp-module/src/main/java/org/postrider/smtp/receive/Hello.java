package org.postrider.smtp.receive;

import org.postrider.smtp.wire.ClientName;

/// A client's greeting.
///
/// @param extended EHLO rather than HELO
public record Hello(ClientName client, boolean extended) {}
