/// The mail store: who has mail here, what is in their mailboxes, and how it changes.
@NullMarked
package org.postrider.storage;

import org.jspecify.annotations.NullMarked;
