/// The demonstration: a server on this machine alone, with accounts that everybody knows the
/// password of.
@NullMarked
package org.postrider.app.demo;

import org.jspecify.annotations.NullMarked;
