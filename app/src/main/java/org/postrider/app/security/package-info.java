/// Passwords: how they are hashed, checked, for a short while remembered, and guarded from who
/// guesses.
@NullMarked
package org.postrider.app.security;

import org.jspecify.annotations.NullMarked;
