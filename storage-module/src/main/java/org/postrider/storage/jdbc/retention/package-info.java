/// What is gone: how long it can be brought back, and how it goes for good. It may know `upkeep`
/// and `command` and what they know.
@NullMarked
package org.postrider.storage.jdbc.retention;

import org.jspecify.annotations.NullMarked;
