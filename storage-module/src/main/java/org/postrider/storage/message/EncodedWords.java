package org.postrider.storage.message;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Decodes the encoded words of a header text (RFC 2047). White space between two of them is not
/// shown (§6.2). The octets of neighbours in one charset are put together before they are decoded,
/// because many programs cut characters in two, against §5.
final class EncodedWords {

    private static final int LONGEST_CHARSET = 64;

    private final String text;
    private final StringBuilder decoded = new StringBuilder();

    /// The octets of the words that wait for a neighbour, and the charset they are in.
    private final ByteArrayOutputStream waiting = new ByteArrayOutputStream();

    private @Nullable String charset;

    private record Word(String charset, byte[] octets, int end) {}

    private EncodedWords(String text) {
        this.text = text;
    }

    static String decode(String text) {
        return isPlain(text) ? text : new EncodedWords(text).decode();
    }

    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x80 || (c == '=' && text.startsWith("=?", i))) {
                return false;
            }
        }
        return true;
    }

    private String decode() {
        int plain = 0;
        int start = text.indexOf("=?");
        while (start >= 0) {
            var word = wordAt(start);
            if (word == null) {
                start = text.indexOf("=?", start + 2);
                continue;
            }
            between(text.substring(plain, start), word.charset());
            charset = word.charset();
            waiting.writeBytes(word.octets());
            plain = word.end();
            start = text.indexOf("=?", plain);
        }
        flush();
        plain(text.substring(plain));
        return decoded.toString();
    }

    /// What stands before a word, seen from the word before it.
    private void between(String gap, String next) {
        boolean neighbours = charset != null && gap.isBlank();
        if (!neighbours || !next.equalsIgnoreCase(charset)) {
            flush();
        }
        if (!neighbours) {
            plain(gap);
        }
    }

    private void flush() {
        if (charset != null) {
            decoded.append(MailCharset.named(charset).text(waiting.toByteArray()));
            waiting.reset();
            charset = null;
        }
    }

    private void plain(String octets) {
        decoded.append(MailCharset.UNKNOWN.text(octets.getBytes(StandardCharsets.ISO_8859_1)));
    }

    private @Nullable Word wordAt(int start) {
        int charsetEnd = text.indexOf('?', start + 2);
        if (charsetEnd <= start + 2
                || charsetEnd > start + 2 + LONGEST_CHARSET
                || charsetEnd + 2 >= text.length()
                || text.charAt(charsetEnd + 2) != '?') {
            return null;
        }
        int end = text.indexOf("?=", charsetEnd + 3);
        if (end < 0) {
            return null;
        }
        var charset = text.substring(start + 2, charsetEnd);
        var encoded = text.substring(charsetEnd + 3, end);
        var octets =
                switch (text.charAt(charsetEnd + 1)) {
                    case 'B', 'b' -> base64(encoded);
                    case 'Q', 'q' -> q(encoded);
                    default -> null;
                };
        return octets == null ? null : new Word(withoutLanguage(charset), octets, end + 2);
    }

    /// `utf-8*en` (RFC 2231 §5).
    private static String withoutLanguage(String charset) {
        int star = charset.indexOf('*');
        return star < 0 ? charset : charset.substring(0, star);
    }

    private static byte[] base64(String encoded) {
        var octets = encoded.getBytes(StandardCharsets.ISO_8859_1);
        try (var decoded = new Base64InputStream(new ByteArrayInputStream(octets))) {
            return decoded.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] q(String encoded) {
        var octets = new ByteArrayOutputStream(encoded.length());
        int i = 0;
        while (i < encoded.length()) {
            char c = encoded.charAt(i);
            int octet = c == '=' ? HexDigits.octetAt(encoded, i + 1) : -1;
            if (octet >= 0) {
                octets.write(octet);
                i += 3;
            } else {
                octets.write(c == '_' ? ' ' : c);
                i++;
            }
        }
        return octets.toByteArray();
    }
}
