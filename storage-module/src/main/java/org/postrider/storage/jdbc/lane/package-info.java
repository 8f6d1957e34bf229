/// The lanes: the queue in front of each, its thread, the group commit. It may know `group` and
/// what that knows.
@NullMarked
package org.postrider.storage.jdbc.lane;

import org.jspecify.annotations.NullMarked;
