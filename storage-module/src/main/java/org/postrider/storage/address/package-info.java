/// Mail addresses: domains, local parts, reverse-paths, canonical from the moment they exist.
@NullMarked
package org.postrider.storage.address;

import org.jspecify.annotations.NullMarked;
