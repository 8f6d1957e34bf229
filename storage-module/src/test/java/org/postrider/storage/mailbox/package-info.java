/// What the ports say of messages and mailboxes.
@NullMarked
package org.postrider.storage.mailbox;

import org.jspecify.annotations.NullMarked;
