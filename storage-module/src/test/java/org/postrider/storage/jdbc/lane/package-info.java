/// What the queues of a lane and its feed promise.
@NullMarked
package org.postrider.storage.jdbc.lane;

import org.jspecify.annotations.NullMarked;
