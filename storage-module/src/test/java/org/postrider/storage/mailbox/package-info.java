/// Segments, staging, and what happens to them when disks misbehave.
@NullMarked
package org.postrider.storage.mailbox;

import org.jspecify.annotations.NullMarked;
