package org.postrider.storage.jdbc;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/// Rows of every table as text that both databases read, for fixtures: a line `[table NAME]`, a
/// line of column names, then a line a row, all divided by tabs.
///
/// A value is `null`, a number, `'text` or `z` and octets, compressed, in Base64.
final class RowText {

    private RowText() {}

    /// The rows of every table but Flyway's.
    static List<String> dump(Connection connection) throws SQLException {
        var lines = new ArrayList<String>();
        for (var table : tables(connection)) {
            try (var statement = connection.createStatement();
                    var rows = statement.executeQuery("select * from " + table)) {
                var columns = columns(rows);
                var all = new ArrayList<String>();
                while (rows.next()) {
                    all.add(line(rows, columns.size()));
                }
                if (!all.isEmpty()) {
                    lines.add("[table " + table + "]");
                    lines.add(String.join("\t", columns));
                    all.stream().sorted().forEach(lines::add);
                }
            }
        }
        return lines;
    }

    /// Replaces what is in the tables that the lines name.
    static void load(Connection connection, List<String> lines) throws SQLException {
        String insert = "";
        boolean heading = false;
        for (var line : lines) {
            if (line.startsWith("[table ")) {
                var table = line.substring("[table ".length(), line.length() - 1);
                execute(connection, "delete from " + table);
                insert = "insert into " + table;
                heading = true;
            } else if (heading) {
                var columns = line.split("\t", -1);
                var values = Stream.of(columns).map(_ -> "?").collect(Collectors.joining(", "));
                insert += " (" + String.join(", ", columns) + ") values (" + values + ")";
                heading = false;
            } else {
                insert(connection, insert, line.split("\t", -1));
            }
        }
    }

    /// Octets as a value.
    static String octets(byte[] octets) {
        var packed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(packed)) {
            gzip.write(octets);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return "z" + Base64.getEncoder().encodeToString(packed.toByteArray());
    }

    static byte[] octets(String value) {
        var packed = new ByteArrayInputStream(Base64.getDecoder().decode(value.substring(1)));
        try (var gzip = new GZIPInputStream(packed)) {
            return gzip.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The tables themselves, without the partitions that some are made of.
    private static List<String> tables(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var rows =
                        statement.executeQuery(
                                """
                                select lower(table_name)
                                from information_schema.tables
                                where table_type = 'BASE TABLE'
                                    and lower(table_schema) = 'public'
                                    and lower(table_name) not like '%\\_default'
                                    and lower(table_name) <> 'flyway_schema_history'
                                order by 1
                                """)) {
            var names = new ArrayList<String>();
            while (rows.next()) {
                names.add(rows.getString(1));
            }
            return names;
        }
    }

    private static List<String> columns(ResultSet rows) throws SQLException {
        var names = new ArrayList<String>();
        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
            names.add(rows.getMetaData().getColumnName(i).toLowerCase(java.util.Locale.ROOT));
        }
        return names;
    }

    private static String line(ResultSet rows, int columns) throws SQLException {
        var values = new ArrayList<String>();
        for (int i = 1; i <= columns; i++) {
            values.add(
                    switch (rows.getObject(i)) {
                        case null -> "null";
                        case Number number -> number.toString();
                        case String text -> "'" + escaped(text);
                        case byte[] octets -> octets(octets);
                        case Object other -> throw new IllegalStateException(other.toString());
                    });
        }
        return String.join("\t", values);
    }

    private static String escaped(String text) {
        if (text.chars().anyMatch(c -> c == '\t' || c == '\n' || c == '\r')) {
            throw new IllegalStateException("a value that does not fit a line: " + text);
        }
        return text;
    }

    private static void insert(Connection connection, String sql, String[] values)
            throws SQLException {
        try (var statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, value(values[i]));
            }
            statement.execute();
        }
    }

    private static @Nullable Object value(String text) {
        return switch (text.charAt(0)) {
            case 'n' -> null;
            case '\'' -> text.substring(1);
            case 'z' -> octets(text);
            default -> Long.valueOf(text);
        };
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
