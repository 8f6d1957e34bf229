package org.postrider.storage.jdbc.database;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;

/// Rows that go to PostgreSQL in one message, whatever tables they are of: a statement for each
/// table, one behind the other. So a group of a lane waits for four answers of the server and not
/// for twelve, however far away that is, and the two processes wake each other as seldom.
///
/// @param statement what is done with the rows
/// @param rows the parameters of each
record WrittenTogether(RowStatement statement, List<Object[]> rows) {

    /// Has everything written: all with a single row, which is what costs the server least, or all
    /// with arrays, so that a text does not depend on how many rows there are and is prepared once.
    static void write(Session session, List<WrittenTogether> writes) throws SQLException {
        boolean single = writes.stream().allMatch(write -> write.rows.size() == 1);
        var prepared =
                session.prepare(
                        writes.stream()
                                .map(write -> write.sql(single))
                                .collect(Collectors.joining(";\n")));
        try {
            int parameter = 1;
            for (var write : writes) {
                parameter = write.bind(session, prepared, parameter, single);
            }
            prepared.execute();
            for (var write : writes) {
                write.assertMet(prepared.getUpdateCount());
                prepared.getMoreResults();
            }
        } finally {
            prepared.clearParameters(); // they are bodies too
        }
    }

    private String sql(boolean single) {
        return single ? statement.each() : statement.together();
    }

    /// @return the first parameter of the next statement
    private int bind(Session session, PreparedStatement prepared, int first, boolean single)
            throws SQLException {
        int parameter = first;
        for (var type : statement.types()) {
            int column = parameter - first;
            if (single) {
                prepared.setObject(parameter, rows.getFirst()[column]);
            } else {
                prepared.setArray(parameter, session.array(type, values(type, column)));
            }
            parameter++;
        }
        return parameter;
    }

    /// An array of the class that the driver sends as octets, not as text.
    private Object[] values(String type, int column) {
        var values = rows.stream().map(row -> row[column]);
        return switch (type) {
            case "int" -> values.toArray(Integer[]::new);
            case "bigint" -> values.toArray(Long[]::new);
            case "bytea" -> values.toArray(byte[][]::new);
            default -> throw new IllegalArgumentException("arrays of " + type);
        };
    }

    private void assertMet(int count) {
        if (count != rows.size()) {
            throw new IllegalStateException(
                    "met %d rows instead of %d: %s"
                            .formatted(count, rows.size(), statement.each()));
        }
    }
}
