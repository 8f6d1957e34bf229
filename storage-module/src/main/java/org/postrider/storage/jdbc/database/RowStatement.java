package org.postrider.storage.jdbc.database;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A statement that writes one row, or with arrays for parameters any number of them. Columns are
/// given with their types, as in `"uid bigint, flags bigint"`.
public final class RowStatement {

    private record Column(String name, String type) {
        static Column parse(String text) {
            int space = text.indexOf(' ');
            return new Column(text.substring(0, space), text.substring(space + 1));
        }
    }

    private final String each;
    private final String together;
    private final List<Column> parameters;

    private RowStatement(String each, String together, List<Column> parameters) {
        this.each = each;
        this.together = together;
        this.parameters = parameters;
    }

    public static RowStatement insert(String table, String columns) {
        var all = columns(columns);
        var into = "insert into " + table + " (" + names(all, ", ", "%s") + ")";
        return new RowStatement(
                into + " values (" + names(all, ", ", "?") + ")",
                into + " select * from " + unnest(all),
                all);
    }

    /// Changes the row of a key. Parameters are the values, then the key.
    public static RowStatement update(String table, String values, String key) {
        var set = columns(values);
        var where = columns(key);
        var all = Stream.concat(set.stream(), where.stream()).toList();
        return new RowStatement(
                "update %s set %s where %s"
                        .formatted(
                                table, names(set, ", ", "%s = ?"), names(where, " and ", "%s = ?")),
                "update %s t set %s from %s where %s"
                        .formatted(
                                table,
                                names(set, ", ", "%1$s = v.%1$s"),
                                unnest(all),
                                names(where, " and ", "t.%1$s = v.%1$s")),
                all);
    }

    /// Deletes the row of a key.
    public static RowStatement delete(String table, String key) {
        var where = columns(key);
        return new RowStatement(
                "delete from %s where %s".formatted(table, names(where, " and ", "%s = ?")),
                "delete from %s t using %s where %s"
                        .formatted(table, unnest(where), names(where, " and ", "t.%1$s = v.%1$s")),
                where);
    }

    private static List<Column> columns(String text) {
        return Arrays.stream(text.split(",\\s*")).map(Column::parse).toList();
    }

    private static String names(List<Column> columns, String between, String format) {
        return columns.stream()
                .map(column -> format.formatted(column.name()))
                .collect(Collectors.joining(between));
    }

    private static String unnest(List<Column> columns) {
        var arrays =
                columns.stream()
                        .map(column -> "cast(? as " + column.type() + "[])")
                        .collect(Collectors.joining(", "));
        return "unnest(" + arrays + ") as v(" + names(columns, ", ", "%s") + ")";
    }

    /// The statement for one row: a parameter for each column.
    public String each() {
        return each;
    }

    /// The statement for many rows: an array for each column. PostgreSQL only.
    String together() {
        return together;
    }

    /// The types of the columns, in the order of the parameters.
    List<String> types() {
        return parameters.stream().map(Column::type).toList();
    }
}
