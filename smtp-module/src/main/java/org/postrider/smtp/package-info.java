/// SMTP (RFC 5321): taking mail in from other servers and from the users of this one.
@NullMarked
package org.postrider.smtp;

import org.jspecify.annotations.NullMarked;
