@NullMarked
package org.postrider.imap.wire;

import org.jspecify.annotations.NullMarked;
