package org.postrider.app.tidy;

import java.util.List;
import java.util.regex.Pattern;

/// `docs/rfc-index.txt`: what the project says of each standard.
record RfcIndex(List<Row> rows) {

    /// Number, title, claim and note in columns that two spaces or more divide.
    private static final Pattern ROW =
            Pattern.compile("(\\d+)\\s{2,}(\\S.*?)\\s{2,}(Yes|Partly|No)(?:\\s{2,}(\\S.*))?");

    record Row(int number, String title, boolean claimed) {}

    static RfcIndex parse(String text) {
        return new RfcIndex(
                text.lines()
                        .filter(line -> !line.isBlank() && !line.startsWith("#"))
                        .map(RfcIndex::row)
                        .toList());
    }

    private static Row row(String line) {
        var columns = ROW.matcher(line.strip());
        if (!columns.matches()) {
            throw new IllegalArgumentException("not a row of docs/rfc-index.txt: " + line);
        }
        return new Row(
                Integer.parseInt(columns.group(1)),
                columns.group(2),
                !columns.group(3).equals("No"));
    }
}
