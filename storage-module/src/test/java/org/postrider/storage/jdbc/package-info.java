/// The contract of the store on both databases, and what must hold whatever happens to it.
@NullMarked
package org.postrider.storage.jdbc;

import org.jspecify.annotations.NullMarked;
