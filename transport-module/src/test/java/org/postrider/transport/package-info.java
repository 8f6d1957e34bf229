@NullMarked
package org.postrider.transport;

import org.jspecify.annotations.NullMarked;
