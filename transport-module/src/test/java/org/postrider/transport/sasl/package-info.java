@NullMarked
package org.postrider.transport.sasl;

import org.jspecify.annotations.NullMarked;
