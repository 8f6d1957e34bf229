package org.postrider.imap.wire;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/// Mailbox names in IMAP4rev1: printable US-ASCII, everything else as UTF-16 in a BASE64 of its own
/// between `&` and `-` (RFC 3501 §5.1.3).
final class ModifiedUtf7 {

    private ModifiedUtf7() {}

    static String encode(String name) {
        var out = new StringBuilder(name.length() + 16);
        int i = 0;
        while (i < name.length()) {
            char c = name.charAt(i);
            if (isDirect(c)) {
                out.append(c == '&' ? "&-" : String.valueOf(c));
                i++;
            } else {
                int end = i;
                while (end < name.length() && !isDirect(name.charAt(end))) {
                    end++;
                }
                out.append('&').append(base64(name.substring(i, end))).append('-');
                i = end;
            }
        }
        return out.toString();
    }

    /// The name, or empty when the text is not what [#encode] writes for any name: each name has
    /// one spelling.
    static Optional<String> decode(String text) {
        var name = new StringBuilder(text.length());
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (!isDirect(c)) {
                return Optional.empty();
            }
            int end = i;
            if (c == '&') {
                end = text.indexOf('-', i);
                var shifted = end < 0 ? Optional.<String>empty() : shifted(text, i + 1, end);
                if (shifted.isEmpty()) {
                    return Optional.empty();
                }
                name.append(shifted.get());
            } else {
                name.append(c);
            }
            i = end + 1;
        }
        var decoded = name.toString();
        return encode(decoded).equals(text) ? Optional.of(decoded) : Optional.empty();
    }

    private static Optional<String> shifted(String text, int from, int to) {
        if (from == to) {
            return Optional.of("&");
        }
        try {
            var octets = Base64.getDecoder().decode(text.substring(from, to).replace(',', '/'));
            return octets.length % 2 == 0
                    ? Optional.of(new String(octets, StandardCharsets.UTF_16BE))
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String base64(String text) {
        var octets = text.getBytes(StandardCharsets.UTF_16BE);
        return Base64.getEncoder().withoutPadding().encodeToString(octets).replace('/', ',');
    }

    private static boolean isDirect(char c) {
        return c >= 0x20 && c <= 0x7E;
    }
}
