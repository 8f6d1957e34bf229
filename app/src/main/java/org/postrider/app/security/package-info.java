/// Passwords: how they are hashed, checked, and for a short while remembered.
@NullMarked
package org.postrider.app.security;

import org.jspecify.annotations.NullMarked;
