/// Searches mailboxes, and extracts the texts that make it fast. It may know `reading` and what
/// that knows.
@NullMarked
package org.postrider.storage.jdbc.search;

import org.jspecify.annotations.NullMarked;
