package org.postrider.storage.jdbc.directory;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.postrider.storage.jdbc.database.Session;

/// The rows as they are committed.
///
/// @param session that of a reader
public record StoredDirectory(Session session) implements DirectoryView {

    @Override
    public Optional<DirectoryRow.OfDomain> domain(String name) throws SQLException {
        return one(DirectoryTable.DOMAINS, "name = ?", name).map(DirectoryRow.OfDomain::of);
    }

    @Override
    public Optional<DirectoryRow.OfAccount> accountAt(String key) throws SQLException {
        return one(DirectoryTable.ACCOUNTS, "address_key = ?", key).map(DirectoryRow.OfAccount::of);
    }

    public Optional<DirectoryRow.OfAlias> alias(String key) throws SQLException {
        return one(DirectoryTable.ALIASES, "address_key = ?", key).map(DirectoryRow.OfAlias::of);
    }

    @Override
    public List<DirectoryRow.OfTarget> targets(String alias) throws SQLException {
        var owner = new OwnedRows.Owner(DirectoryTable.ALIAS_TARGETS, alias);
        return OwnedRows.read(session, owner).rows().stream()
                .map(DirectoryRow.OfTarget::of)
                .toList();
    }

    private Optional<List<Object>> one(DirectoryTable table, String condition, String key)
            throws SQLException {
        return session.queryOne(table.select(condition), table::read, key);
    }
}
