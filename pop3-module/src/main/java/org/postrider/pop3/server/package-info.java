/// POP3 as the transport calls it: each line is parsed, decided on by the state of the session, and
/// answered.
@NullMarked
package org.postrider.pop3.server;

import org.jspecify.annotations.NullMarked;
