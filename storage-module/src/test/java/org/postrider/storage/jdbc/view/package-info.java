/// What views, their pages and the accounts in memory promise.
@NullMarked
package org.postrider.storage.jdbc.view;

import org.jspecify.annotations.NullMarked;
