@NullMarked
package org.postrider.pop3.session;

import org.jspecify.annotations.NullMarked;
