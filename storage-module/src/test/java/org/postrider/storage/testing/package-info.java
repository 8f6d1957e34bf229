/// What other modules' tests need of the store: an opened one, accounts in it.
@NullMarked
package org.postrider.storage.testing;

import org.jspecify.annotations.NullMarked;
