/// What the upkeep promises.
@NullMarked
package org.postrider.storage.jdbc.upkeep;

import org.jspecify.annotations.NullMarked;
