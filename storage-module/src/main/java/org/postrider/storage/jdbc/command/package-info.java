/// The commands of clients: what each plans in its group. They may know `group` and what that
/// knows; they know nothing of the lane.
@NullMarked
package org.postrider.storage.jdbc.command;

import org.jspecify.annotations.NullMarked;
