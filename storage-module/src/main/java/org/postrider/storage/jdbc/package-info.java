/// The store on a relational database, H2 or PostgreSQL: its ports, and how it is opened. What they
/// stand on is in the packages below; the order of these is in `ARCHITECTURE.md`.
@NullMarked
package org.postrider.storage.jdbc;

import org.jspecify.annotations.NullMarked;
