package org.postrider.storage.jdbc.directory;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.postrider.storage.jdbc.account.Varints;
import org.postrider.storage.jdbc.database.RowStatement;

/// The tables of the directory. Their rows are read, written and noted in segments whole, each
/// under an owner, the value of the first column: what is said of an owner is always all there is.
public final class DirectoryTable {

    public static final DirectoryTable DOMAINS =
            new DirectoryTable(
                    1,
                    "domain",
                    "name varchar",
                    """
                    created_at bigint, alias_of varchar, catch_all varchar, allotment bigint,
                    version bigint\
                    """);
    public static final DirectoryTable ACCOUNTS =
            new DirectoryTable(
                    2,
                    "account",
                    "account_id int",
                    """
                    address_key varchar, address varchar, password_hash varchar, state smallint,
                    created_at bigint, domain varchar, tag_files boolean, deleted_at bigint,
                    version bigint\
                    """);
    public static final DirectoryTable ALIASES =
            new DirectoryTable(
                    3,
                    "alias",
                    "address_key varchar",
                    "address varchar, domain varchar, created_at bigint, version bigint");
    public static final DirectoryTable ALIAS_TARGETS =
            new DirectoryTable(
                    4,
                    "alias_target",
                    "address_key varchar, n int",
                    "target varchar, target_key varchar");
    public static final DirectoryTable SEND_AS =
            new DirectoryTable(
                    5, "send_as", "account_id int, address_key varchar", "address varchar");

    private static final List<DirectoryTable> ALL =
            List.of(DOMAINS, ACCOUNTS, ALIASES, ALIAS_TARGETS, SEND_AS);

    private final int number;
    private final String table;
    private final List<String> names;
    private final List<String> types;
    private final int keyLength;
    private final String insert;
    private final String delete;

    private DirectoryTable(int number, String table, String key, String others) {
        this.number = number;
        this.table = table;
        var columns = Stream.of(key, others).flatMap(DirectoryTable::columns).toList();
        this.names = columns.stream().map(column -> column[0]).toList();
        this.types = columns.stream().map(column -> column[1]).toList();
        this.keyLength = (int) columns(key).count();
        this.insert =
                RowStatement.insert(table, key + (others.isEmpty() ? "" : ", " + others)).each();
        this.delete = RowStatement.delete(table, key).each();
    }

    private static Stream<String[]> columns(String text) {
        return Arrays.stream(text.split(","))
                .map(String::strip)
                .filter(column -> !column.isEmpty())
                .map(column -> column.split(" "));
    }

    /// What a segment calls the table.
    public int number() {
        return number;
    }

    /// The table that a segment calls so.
    ///
    /// @throws IllegalArgumentException when it is one of a newer version
    public static DirectoryTable of(int number) {
        return ALL.stream()
                .filter(each -> each.number == number)
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException("a table of a newer version: " + number));
    }

    /// The statement that writes a row, with a parameter for each value.
    public String insert() {
        return insert;
    }

    /// The statement that deletes a row, with a parameter for each value of its [#key].
    public String delete() {
        return delete;
    }

    /// What of a row finds it.
    public List<Object> key(List<Object> row) {
        return row.subList(0, keyLength);
    }

    /// The rows for which a condition holds, their columns in the order of [#read].
    public String select(String condition) {
        return "select %s from %s where %s".formatted(String.join(", ", names), table, condition);
    }

    /// The rows of an owner, in order.
    public String selectOwned() {
        return select(names.getFirst() + " = ? order by " + names.get(keyLength - 1));
    }

    /// The values of a row: texts, whole numbers as [Long], and truths.
    public List<Object> read(ResultSet row) throws SQLException {
        var values = new ArrayList<>(types.size());
        for (int i = 0; i < types.size(); i++) {
            values.add(
                    switch (types.get(i)) {
                        case "varchar" -> row.getString(i + 1);
                        case "boolean" -> row.getBoolean(i + 1);
                        default -> row.getLong(i + 1);
                    });
        }
        return List.copyOf(values);
    }

    void encode(Object value, Varints.Out out) {
        switch (value) {
            case String text -> out.text(text);
            case Boolean truth -> out.number(truth ? 1 : 0);
            case Long figure -> out.signed(figure);
            default -> throw new IllegalArgumentException("no column has such a value");
        }
    }

    Object decodeOwner(Varints.In in) {
        return decode(types.getFirst(), in);
    }

    List<Object> decodeRow(Varints.In in) {
        return types.stream().map(type -> decode(type, in)).toList();
    }

    private static Object decode(String type, Varints.In in) {
        return switch (type) {
            case "varchar" -> in.text();
            case "boolean" -> in.number() == 1;
            default -> in.signed();
        };
    }

    @Override
    public String toString() {
        return table;
    }
}
