/// A journal under H2's file: what H2 writes between two forces is on the disk as a whole or not at
/// all, whatever the disk made of the writes when the power went (docs/adr/0005).
@NullMarked
package org.postrider.storage.jdbc.journal;

import org.jspecify.annotations.NullMarked;
