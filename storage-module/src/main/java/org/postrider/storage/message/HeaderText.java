package org.postrider.storage.message;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Header fields as a reader sees them: unfolded and decoded (RFC 5322 §2.2.3, RFC 2047).
public final class HeaderText {

    private static final Pattern FIELD_END = Pattern.compile("\r\n(?![ \t])");

    private HeaderText() {}

    /// All fields of a header, with their names.
    public static List<String> fields(byte[] header) {
        var fields = new ArrayList<String>();
        for (var field : split(header)) {
            fields.add(TextDecoding.header(field.replace("\r\n", "")));
        }
        return fields;
    }

    /// The bodies of the fields of this name.
    public static List<String> bodies(byte[] header, String name) {
        var bodies = new ArrayList<String>();
        for (var field : split(header)) {
            int colon = field.indexOf(':');
            if (colon > 0 && field.substring(0, colon).strip().equalsIgnoreCase(name)) {
                bodies.add(body(new HeaderField(name, field)));
            }
        }
        return bodies;
    }

    public static String body(HeaderField field) {
        return TextDecoding.header(field.body());
    }

    private static List<String> split(byte[] header) {
        if (header.length == 0) {
            return List.of();
        }
        var fields = new ArrayList<String>();
        for (var field : FIELD_END.split(new String(header, StandardCharsets.ISO_8859_1), -1)) {
            if (!field.isEmpty()) {
                fields.add(field);
            }
        }
        return fields;
    }
}
