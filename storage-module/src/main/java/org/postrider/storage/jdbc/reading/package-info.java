/// Reads what was computed of messages and their octets, beside the lane, and has it computed again
/// when it is old. It may know `lane` and what that knows.
@NullMarked
package org.postrider.storage.jdbc.reading;

import org.jspecify.annotations.NullMarked;
