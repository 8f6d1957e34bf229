@NullMarked
package org.postrider.app.security;

import org.jspecify.annotations.NullMarked;
