/// The two databases: connections and what is asked of them, dialects, tables and their upgrades,
/// octets kept in rows, copies. It knows nothing of mail, and none of the other packages of the
/// store but the journal.
@NullMarked
package org.postrider.storage.jdbc.database;

import org.jspecify.annotations.NullMarked;
