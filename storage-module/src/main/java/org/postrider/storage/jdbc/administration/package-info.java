/// Changes of domains, accounts and aliases, and what an operator sees of them.
@NullMarked
package org.postrider.storage.jdbc.administration;

import org.jspecify.annotations.NullMarked;
