/// The server as one program: entry point, configuration, wiring.
@NullMarked
package org.postrider.app;

import org.jspecify.annotations.NullMarked;
