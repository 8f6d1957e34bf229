@NullMarked
package org.postrider.imap.command;

import org.jspecify.annotations.NullMarked;
