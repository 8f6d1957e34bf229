/// What is done again and again beside the commands: octets that nobody names, segments half dead,
/// pages of views; and who runs it. It may know `reading` and what that knows.
@NullMarked
package org.postrider.storage.jdbc.upkeep;

import org.jspecify.annotations.NullMarked;
