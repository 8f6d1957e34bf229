/// What a session with PostgreSQL promises.
@NullMarked
package org.postrider.storage.jdbc.database;

import org.jspecify.annotations.NullMarked;
