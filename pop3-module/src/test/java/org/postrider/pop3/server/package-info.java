@NullMarked
package org.postrider.pop3.server;

import org.jspecify.annotations.NullMarked;
