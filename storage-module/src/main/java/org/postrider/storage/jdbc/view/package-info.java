/// Views: what a mailbox is at one moment, in memory, packed into pages, or at rest, and the
/// accounts that are in memory. It may know `account` and what that knows.
@NullMarked
package org.postrider.storage.jdbc.view;

import org.jspecify.annotations.NullMarked;
