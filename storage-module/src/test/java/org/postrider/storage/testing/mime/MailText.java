package org.postrider.storage.testing.mime;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Random;

/// A message being written.
final class MailText {

    private final ByteArrayOutputStream octets = new ByteArrayOutputStream();

    /// A line of octets, one character each, with its CRLF.
    MailText line(String line) {
        return raw(line).raw("\r\n");
    }

    MailText raw(String text) {
        octets.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
        return this;
    }

    MailText utf8(String text) {
        octets.writeBytes(text.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    MailText octets(byte[] more) {
        octets.writeBytes(more);
        return this;
    }

    MailText base64(byte[] content) {
        octets.writeBytes(Base64.getMimeEncoder(76, new byte[] {'\r', '\n'}).encode(content));
        return raw("\r\n");
    }

    MailText quotedPrintable(String text) {
        int column = 0;
        for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
            var piece = quotedPrintable(octet);
            if (octet == '\n') {
                column = 0;
            } else if (column + piece.length() > 75) {
                raw("=\r\n");
                column = piece.length();
            } else {
                column += piece.length();
            }
            raw(piece);
        }
        return raw("\r\n");
    }

    private static String quotedPrintable(byte octet) {
        if (octet == '\n') {
            return "\r\n";
        }
        boolean plain = octet > ' ' && octet < 0x7F && octet != '=';
        return plain ? String.valueOf((char) octet) : "=%02X".formatted(octet & 0xFF);
    }

    int size() {
        return octets.size();
    }

    byte[] toBytes() {
        return octets.toByteArray();
    }

    static byte[] noise(Random random, int size) {
        var noise = new byte[size];
        random.nextBytes(noise);
        return noise;
    }
}
