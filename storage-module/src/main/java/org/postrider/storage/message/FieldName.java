package org.postrider.storage.message;

import java.util.Locale;

/// The name of a header field (RFC 5322 §2.2): printable ASCII before a colon, with white space
/// before the colon as old mail has it (RFC 5322 §4.5.8).
final class FieldName {

    private FieldName() {}

    /// Where the field name ends that the line begins with: 0 when it begins with none.
    static int end(byte[] line, int length) {
        int end = 0;
        while (end < length && line[end] > ' ' && line[end] != ':' && line[end] != 0x7F) {
            end++;
        }
        int colon = end;
        while (colon < length && (line[colon] == ' ' || line[colon] == '\t')) {
            colon++;
        }
        return colon < length && line[colon] == ':' ? end : 0;
    }

    /// The first line of a message in a Unix mailbox file, which some programs pass on with it.
    static boolean isMailboxSeparator(OctetBuffer line) {
        int length = Math.min(line.length(), 6);
        var start = line.text(0, length);
        return start.startsWith("From ") || start.startsWith(">From ");
    }

    /// The name as it is compared: in lower case.
    static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
