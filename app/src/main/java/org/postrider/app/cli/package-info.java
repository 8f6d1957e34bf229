/// The terminal: what a person at the keyboard reads.
@NullMarked
package org.postrider.app.cli;

import org.jspecify.annotations.NullMarked;
