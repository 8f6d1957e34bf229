@NullMarked
package org.postrider.app;

import org.jspecify.annotations.NullMarked;
