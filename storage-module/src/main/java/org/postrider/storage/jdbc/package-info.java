/// The store on a relational database, H2 or PostgreSQL: the lane that groups mutations into
/// transactions, the statements, the views in memory.
@NullMarked
package org.postrider.storage.jdbc;

import org.jspecify.annotations.NullMarked;
