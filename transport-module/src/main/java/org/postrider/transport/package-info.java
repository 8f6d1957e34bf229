/// The connection layer that SMTP, POP3 and IMAP share: listeners, TLS, PROXY, limits, framing, and
/// work on virtual threads. It carries lines and octets and knows no mail.
///
/// A protocol gives a [LineProtocol]; for every connection this layer asks it for one
/// [Conversation] and calls that strictly one call at a time, each on a virtual thread, so a
/// conversation needs no locks of its own and may block. A virtual thread exists only while there
/// is something to do: an idle connection is a few hundred bytes of state and no thread.
@NullMarked
package org.postrider.transport;

import org.jspecify.annotations.NullMarked;
