/// What commands decide by themselves.
@NullMarked
package org.postrider.storage.jdbc.command;

import org.jspecify.annotations.NullMarked;
