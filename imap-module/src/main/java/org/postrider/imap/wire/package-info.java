/// IMAP on the wire, without a connection: the grammar of RFC 3501 §9 as methods ([ImapReader]),
/// commands as values ([ImapCommand]), and how responses are written ([ImapWriter]).
@NullMarked
package org.postrider.imap.wire;

import org.jspecify.annotations.NullMarked;
