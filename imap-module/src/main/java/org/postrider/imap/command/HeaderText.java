package org.postrider.imap.command;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.postrider.storage.message.TextDecoding;

/// Header fields as a reader sees them: unfolded and decoded.
final class HeaderText {

    private static final Pattern FIELD_END = Pattern.compile("\r\n(?![ \t])");

    private HeaderText() {}

    /// All fields, with their names.
    static Stream<String> fields(byte[] header) {
        return split(header).map(TextDecoding::header);
    }

    /// All fields, without their names.
    static Stream<String> bodies(byte[] header) {
        return split(header)
                .map(field -> TextDecoding.header(field.substring(field.indexOf(':') + 1)));
    }

    private static Stream<String> split(byte[] header) {
        var text = new String(header, StandardCharsets.ISO_8859_1);
        return Arrays.stream(FIELD_END.split(text, -1)).filter(field -> !field.isEmpty());
    }
}
