@NullMarked
package org.postrider.pop3.wire;

import org.jspecify.annotations.NullMarked;
