package org.postrider.smtp.receive;

import org.postrider.storage.address.DomainName;

/// What holds for every session of a listener.
///
/// @param hostname how the server calls itself
/// @param loginRequired whether mail is taken only from those who logged in (RFC 6409 §4.3)
/// @param recipients the most recipients of one message
/// @param octets the largest message
public record SessionRules(
        DomainName hostname, boolean loginRequired, int recipients, long octets) {}
