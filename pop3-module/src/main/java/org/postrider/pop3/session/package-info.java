/// What one POP3 session knows: the state it is in (RFC 1939 §3), and for an open maildrop the
/// message numbers and the marks that last until QUIT.
@NullMarked
package org.postrider.pop3.session;

import org.jspecify.annotations.NullMarked;
