package org.postrider.storage.jdbc.database;

import java.sql.SQLException;

/// Statements of the care for octets: no account's state and no view depends on them.
@FunctionalInterface
public interface Chore {
    void write(Session session) throws SQLException;
}
