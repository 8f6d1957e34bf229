/// The check of a store: whether every invariant holds. It changes nothing. It may know `upkeep`
/// and what that knows.
@NullMarked
package org.postrider.storage.jdbc.check;

import org.jspecify.annotations.NullMarked;
