/// IMAP (RFC 3501, RFC 9051): mailboxes that many clients look at and change at once.
@NullMarked
package org.postrider.imap;

import org.jspecify.annotations.NullMarked;
