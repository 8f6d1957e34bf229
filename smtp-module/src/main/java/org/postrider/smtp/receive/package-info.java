/// Receiving mail: what a client may say when, whom mail is taken for, and the trace fields that
/// tell where it came from. No sockets.
///
/// A [Session] lasts as long as the connection, a [Transaction] from MAIL to the answer of one
/// message. Nothing of a message itself is here.
@NullMarked
package org.postrider.smtp.receive;

import org.jspecify.annotations.NullMarked;
