/// The SASL mechanisms of RFC 4422 that the three protocols share, and the port by which they ask
/// who somebody is.
@NullMarked
package org.postrider.transport.sasl;

import org.jspecify.annotations.NullMarked;
