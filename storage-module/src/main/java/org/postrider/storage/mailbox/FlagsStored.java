package org.postrider.storage.mailbox;

/// What a STORE did.
///
/// @param changed messages whose flags are different now
/// @param modified messages left alone because they changed after UNCHANGEDSINCE (RFC 7162 §3.1.3)
public record FlagsStored(UidSet changed, UidSet modified) {}
