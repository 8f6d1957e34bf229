package org.postrider.imap.command;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// Quoted-printable undone (RFC 2045 §6.7). An equals sign that begins neither two hexadecimal
/// digits nor a line end stands for itself.
final class QuotedPrintableOctets extends FilterInputStream {

    QuotedPrintableOctets(InputStream encoded) {
        super(new BufferedInputStream(encoded));
    }

    @Override
    public int read() throws IOException {
        int c = in.read();
        while (c == '=') {
            in.mark(2);
            int first = in.read();
            int second = in.read();
            int high = Character.digit(first, 16);
            int low = Character.digit(second, 16);
            if (high >= 0 && low >= 0) {
                return high << 4 | low;
            }
            if (first != '\r' || second != '\n') {
                in.reset();
                return c;
            }
            c = in.read();
        }
        return c;
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

    @Override
    public boolean markSupported() {
        return false;
    }
}
