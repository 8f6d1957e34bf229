/// What the notes of a group promise.
@NullMarked
package org.postrider.storage.jdbc.group;

import org.jspecify.annotations.NullMarked;
