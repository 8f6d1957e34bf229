package org.postrider.imap.command;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Header fields as a reader sees them: unfolded, encoded words decoded (RFC 2047 §2).
final class HeaderText {

    private static final Pattern FIELD_END = Pattern.compile("\r?\n(?![ \t])");
    private static final Pattern FOLD = Pattern.compile("\r?\n");
    private static final Pattern WORD =
            Pattern.compile("=\\?([^?*\\s]+)(?:\\*[^?]*)?\\?([BbQq])\\?([^?\\s]*)\\?=");

    private HeaderText() {}

    /// All fields, with their names.
    static List<String> fields(byte[] header) {
        var fields = new ArrayList<String>();
        for (var field : FIELD_END.split(raw(header), -1)) {
            if (!field.isEmpty()) {
                fields.add(decoded(FOLD.matcher(field).replaceAll("")));
            }
        }
        return fields;
    }

    /// All fields, without their names.
    static List<String> bodies(byte[] header) {
        return fields(header).stream()
                .map(field -> field.substring(field.indexOf(':') + 1))
                .toList();
    }

    /// Octets beyond US-ASCII are UTF-8 (RFC 6532 §3.1), or else what mail of old put there.
    private static String raw(byte[] header) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(header)).toString();
        } catch (CharacterCodingException e) {
            return new String(header, PartText.charset("iso-8859-1"));
        }
    }

    static String decoded(String text) {
        if (!text.contains("=?")) {
            return text;
        }
        var out = new StringBuilder();
        var octets = new ByteArrayOutputStream();
        Charset charset = StandardCharsets.UTF_8;
        int end = 0;
        var word = WORD.matcher(text);
        while (word.find()) {
            var between = text.substring(end, word.start());
            boolean joined = octets.size() > 0 && between.isBlank();
            var next = PartText.charset(word.group(1));
            if (!joined || !next.equals(charset)) {
                out.append(octets.toString(charset));
                octets.reset();
            }
            out.append(joined ? "" : between);
            charset = next;
            octets.writeBytes(octets(word));
            end = word.end();
        }
        return out.append(octets.toString(charset)).append(text.substring(end)).toString();
    }

    private static byte[] octets(Matcher word) {
        var text = word.group(3);
        if (word.group(2).toUpperCase(Locale.ROOT).equals("B")) {
            try {
                return Base64.getMimeDecoder().decode(text);
            } catch (IllegalArgumentException e) {
                return word.group().getBytes(StandardCharsets.UTF_8);
            }
        }
        var octets = new ByteArrayOutputStream();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int digits = c == '=' && i + 2 < text.length() ? hex(text, i + 1) : -1;
            if (digits >= 0) {
                octets.write(digits);
                i += 2;
            } else {
                octets.write(c == '_' ? ' ' : c);
            }
        }
        return octets.toByteArray();
    }

    private static int hex(String text, int at) {
        int high = Character.digit(text.charAt(at), 16);
        int low = Character.digit(text.charAt(at + 1), 16);
        return high < 0 || low < 0 ? -1 : high << 4 | low;
    }
}
