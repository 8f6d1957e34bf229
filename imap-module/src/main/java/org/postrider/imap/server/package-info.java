/// IMAP as a protocol of the transport layer: lines in, one command at a time, lines out.
@NullMarked
package org.postrider.imap.server;

import org.jspecify.annotations.NullMarked;
