/// POP3 as octets on a line (RFC 1939 §3, RFC 2449 §4): lines become commands, replies and messages
/// become lines. Knows neither sockets nor the store.
@NullMarked
package org.postrider.pop3.wire;

import org.jspecify.annotations.NullMarked;
