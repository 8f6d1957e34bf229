package org.postrider.imap.command;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/// Base64 undone (RFC 2045 §6.8): characters outside its alphabet mean nothing, padding ends a
/// group.
final class Base64Octets extends FilterInputStream {

    private static final byte[] VALUES = values();

    private int bits;
    private int count;

    Base64Octets(InputStream encoded) {
        super(new BufferedInputStream(encoded));
    }

    @Override
    public int read() throws IOException {
        while (count < 8) {
            int c = in.read();
            if (c < 0) {
                return -1;
            }
            if (c == '=') {
                count = 0;
            } else if (c < 128 && VALUES[c] >= 0) {
                bits = (bits << 6) | VALUES[c];
                count += 6;
            }
        }
        count -= 8;
        return (bits >> count) & 0xFF;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        for (int i = 0; i < length; i++) {
            int octet = read();
            if (octet < 0) {
                return i == 0 ? -1 : i;
            }
            into[offset + i] = (byte) octet;
        }
        return length;
    }

    private static byte[] values() {
        var values = new byte[128];
        Arrays.fill(values, (byte) -1);
        var alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        for (int i = 0; i < alphabet.length(); i++) {
            values[alphabet.charAt(i)] = (byte) i;
        }
        return values;
    }
}
