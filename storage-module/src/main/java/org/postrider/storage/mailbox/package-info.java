/// The model of the mail store: mailboxes, the messages in them, what changes and what a session
/// sees. Every mutation is one transaction of one account; nothing is told before it is durable.
@NullMarked
package org.postrider.storage.mailbox;

import org.jspecify.annotations.NullMarked;
