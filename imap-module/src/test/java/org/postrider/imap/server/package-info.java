@NullMarked
package org.postrider.imap.server;

import org.jspecify.annotations.NullMarked;
