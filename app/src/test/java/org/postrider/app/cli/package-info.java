@NullMarked
package org.postrider.app.cli;

import org.jspecify.annotations.NullMarked;
