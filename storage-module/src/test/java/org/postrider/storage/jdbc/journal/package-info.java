/// What the journal promises.
@NullMarked
package org.postrider.storage.jdbc.journal;

import org.jspecify.annotations.NullMarked;
