package org.postrider.storage.jdbc.directory;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.postrider.storage.jdbc.account.Varints;
import org.postrider.storage.jdbc.database.Session;

/// All rows of an owner in a table, as a segment tells them; none when the owner is gone.
public record OwnedRows(Owner owner, List<List<Object>> rows) {

    /// Whose rows of a table.
    ///
    /// @param key a text, or a number as [Long]
    public record Owner(DirectoryTable table, Object key) {}

    public OwnedRows {
        rows = rows.stream().map(List::copyOf).toList();
    }

    /// All that an owner has now.
    public static OwnedRows read(Session session, Owner owner) throws SQLException {
        var table = owner.table();
        return new OwnedRows(owner, session.query(table.selectOwned(), table::read, owner.key()));
    }

    public void encode(Varints.Out out) {
        var table = owner.table();
        out.number(table.number());
        table.encode(owner.key(), out);
        out.number(rows.size());
        rows.forEach(row -> row.forEach(value -> table.encode(value, out)));
    }

    public static OwnedRows decoded(Varints.In in) {
        var table = DirectoryTable.of(in.count());
        var owner = new Owner(table, table.decodeOwner(in));
        var rows = new ArrayList<List<Object>>();
        for (int count = in.count(); count > 0; count--) {
            rows.add(table.decodeRow(in));
        }
        return new OwnedRows(owner, rows);
    }
}
