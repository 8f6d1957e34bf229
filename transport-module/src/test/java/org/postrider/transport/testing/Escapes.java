package org.postrider.transport.testing;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// Octets written as text: `\r`, `\n`, `\0`, `\\` and `\xNN`, everything else in UTF-8.
final class Escapes {

    private Escapes() {}

    static byte[] octets(String text) {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        int i = 0;
        while (i < text.length()) {
            int next = text.indexOf('\\', i);
            int end = next < 0 ? text.length() : next;
            octets.writeBytes(text.substring(i, end).getBytes(StandardCharsets.UTF_8));
            i = next < 0 ? end : next + escape(text, next, octets);
        }
        return octets.toByteArray();
    }

    /// Writes one escape and says how long it is.
    private static int escape(String text, int at, ByteArrayOutputStream octets) {
        char kind = at + 1 < text.length() ? text.charAt(at + 1) : ' ';
        switch (kind) {
            case 'r' -> octets.write('\r');
            case 'n' -> octets.write('\n');
            case '0' -> octets.write(0);
            case '\\' -> octets.write('\\');
            case 'x' -> {
                octets.write(Integer.parseInt(text.substring(at + 2, at + 4), 16));
                return 4;
            }
            default -> throw new IllegalArgumentException("no such escape: " + text.substring(at));
        }
        return 2;
    }
}
