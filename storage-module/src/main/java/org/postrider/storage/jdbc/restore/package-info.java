/// Makes a lost database anew, from a copy and from what the segments say. It stands above all, and
/// opens the store as others do.
@NullMarked
package org.postrider.storage.jdbc.restore;

import org.jspecify.annotations.NullMarked;
