/// The certificate of the mail listeners.
@NullMarked
package org.postrider.app.tls;

import org.jspecify.annotations.NullMarked;
