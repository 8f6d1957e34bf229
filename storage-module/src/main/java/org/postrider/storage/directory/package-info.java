/// Domains and accounts: who has mail here.
@NullMarked
package org.postrider.storage.directory;

import org.jspecify.annotations.NullMarked;
