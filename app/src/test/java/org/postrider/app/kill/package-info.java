@NullMarked
package org.postrider.app.kill;

import org.jspecify.annotations.NullMarked;
