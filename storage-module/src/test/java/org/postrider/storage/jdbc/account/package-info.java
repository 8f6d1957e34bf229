/// What the change log promises.
@NullMarked
package org.postrider.storage.jdbc.account;

import org.jspecify.annotations.NullMarked;
