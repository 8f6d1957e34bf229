/// POP3 (RFC 1939): one maildrop, fetched by one client at a time.
@NullMarked
package org.postrider.pop3;

import org.jspecify.annotations.NullMarked;
