/// The settings, each with a type that cannot hold a wrong value, what is said when one is wrong,
/// and the wiring: bean methods written by hand.
@NullMarked
package org.postrider.app.config;

import org.jspecify.annotations.NullMarked;
