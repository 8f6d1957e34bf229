/// What must be true of a store at every moment, and what a check of it finds.
@NullMarked
package org.postrider.storage.check;

import org.jspecify.annotations.NullMarked;
