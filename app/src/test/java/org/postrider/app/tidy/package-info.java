/// The code base checked by itself: what the build's other tools cannot see.
@NullMarked
package org.postrider.app.tidy;

import org.jspecify.annotations.NullMarked;
