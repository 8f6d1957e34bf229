package org.postrider.imap.command;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.postrider.imap.wire.FetchItem.Text.Fields;
import org.postrider.storage.mailbox.StoredMessage;
import org.postrider.storage.message.HeaderField;

/// Picks header fields by name (RFC 3501 §6.4.5 HEADER.FIELDS): as they stand, in the order of the
/// message, with the blank line that ends a header.
final class HeaderFilter {

    private static final byte[] CRLF = {'\r', '\n'};

    private final Set<String> names;
    private final boolean others;

    HeaderFilter(Fields fields) {
        this.names =
                fields.names().stream()
                        .map(name -> name.toLowerCase(Locale.ROOT))
                        .collect(Collectors.toUnmodifiableSet());
        this.others = fields.others();
    }

    /// The message's own header: from what was kept at delivery where that holds all names, else
    /// from the header itself.
    byte[] ofMessage(StoredMessage message) throws IOException {
        var out = new ByteArrayOutputStream();
        if (!others && names.stream().allMatch(message.meta()::covers)) {
            pick(message.traceFields(), out);
            pick(message.meta().fields(), out);
        } else {
            pick(header(message), out);
        }
        out.write(CRLF);
        return out.toByteArray();
    }

    /// Any header, with or without its blank line.
    byte[] of(byte[] header) throws IOException {
        var out = new ByteArrayOutputStream();
        pick(header, out);
        out.write(CRLF);
        return out.toByteArray();
    }

    private static byte[] header(StoredMessage message) throws IOException {
        long end = message.traceOctets() + message.meta().structure().place().body();
        return HeaderOctets.read(message, 0, end);
    }

    private void pick(List<HeaderField> fields, ByteArrayOutputStream out) throws IOException {
        for (var field : fields) {
            if (isWanted(field.name())) {
                out.write(field.raw().getBytes(StandardCharsets.ISO_8859_1));
            }
        }
    }

    private void pick(byte[] header, ByteArrayOutputStream out) {
        int from = 0;
        while (from < header.length) {
            int end = fieldEnd(header, from);
            int colon = from;
            while (colon < end && header[colon] != ':') {
                colon++;
            }
            boolean isField = colon < end && colon > from;
            if (isField && isWanted(name(header, from, colon))) {
                out.write(header, from, end - from);
            }
            from = end;
        }
    }

    private boolean isWanted(String name) {
        return names.contains(name.toLowerCase(Locale.ROOT)) != others;
    }

    private static String name(byte[] header, int from, int colon) {
        return new String(header, from, colon - from, StandardCharsets.ISO_8859_1).strip();
    }

    /// Where the next field begins: after the first line end that no white space follows.
    private static int fieldEnd(byte[] header, int from) {
        int at = from;
        while (at < header.length) {
            if (header[at++] == '\n'
                    && (at == header.length || (header[at] != ' ' && header[at] != '\t'))) {
                return at;
            }
        }
        return at;
    }
}
