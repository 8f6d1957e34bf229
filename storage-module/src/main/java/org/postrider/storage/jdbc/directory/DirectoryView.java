package org.postrider.storage.jdbc.directory;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/// The rows that say where mail goes.
public interface DirectoryView {

    Optional<DirectoryRow.OfDomain> domain(String name) throws SQLException;

    /// The account that has an address for its own.
    Optional<DirectoryRow.OfAccount> accountAt(String key) throws SQLException;

    /// Where an alias goes, in order; empty when there is none.
    List<DirectoryRow.OfTarget> targets(String alias) throws SQLException;
}
