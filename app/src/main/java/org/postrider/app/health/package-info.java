/// Whether the server can do its work, one answer a part.
@NullMarked
package org.postrider.app.health;

import org.jspecify.annotations.NullMarked;
