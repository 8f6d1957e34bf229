/// One transaction while it is planned: what a command of the lane is, the ledgers of its accounts,
/// the rows and notes that it leaves, and who writes them. It may know `view` and what that knows,
/// not who runs it.
@NullMarked
package org.postrider.storage.jdbc.group;

import org.jspecify.annotations.NullMarked;
