package org.postrider.storage.message;

import java.io.ByteArrayOutputStream;

/// A parameter value with its charset and language: `utf-8'en'na%C3%AFve` (RFC 2231 §4).
final class ExtendedValue {

    private ExtendedValue() {}

    static String decode(String value) {
        int charsetEnd = value.indexOf('\'');
        int languageEnd = charsetEnd < 0 ? -1 : value.indexOf('\'', charsetEnd + 1);
        var charset =
                MailCharset.named(languageEnd < 0 ? "us-ascii" : value.substring(0, charsetEnd));
        return charset.text(octets(value, languageEnd + 1));
    }

    private static byte[] octets(String text, int from) {
        var octets = new ByteArrayOutputStream(text.length());
        int i = from;
        while (i < text.length()) {
            int octet = text.charAt(i) == '%' ? HexDigits.octetAt(text, i + 1) : -1;
            octets.write(octet < 0 ? text.charAt(i) : octet);
            i += octet < 0 ? 1 : 3;
        }
        return octets.toByteArray();
    }
}
