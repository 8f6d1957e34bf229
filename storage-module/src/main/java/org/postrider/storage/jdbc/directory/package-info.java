/// The tables of domains, accounts and aliases: their rows, and what is asked of them.
@NullMarked
package org.postrider.storage.jdbc.directory;

import org.jspecify.annotations.NullMarked;
