package org.postrider.storage.message;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/// The encoding from before MIME (POSIX `uuencode`): `begin 644 name`, lines whose first character
/// counts their octets, `end`. Whatever stands around it is passed over.
final class UuencodeInputStream extends InputStream {

    private static final int LONGEST_LINE = 128;
    private static final byte[] BEGIN = {'b', 'e', 'g', 'i', 'n', ' '};

    private final InputStream encoded;
    private final byte[] line = new byte[LONGEST_LINE];
    private final byte[] out = new byte[LONGEST_LINE];
    private boolean begun;
    private int at;
    private int end;

    UuencodeInputStream(InputStream encoded) {
        this.encoded = new BufferedInputStream(encoded);
    }

    @Override
    public int read() throws IOException {
        return fill() ? out[at++] & 0xFF : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!fill()) {
            return -1;
        }
        int count = Math.min(length, end - at);
        System.arraycopy(out, at, target, offset, count);
        at += count;
        return count;
    }

    private boolean fill() throws IOException {
        while (at == end) {
            int length = line();
            if (length < 0) {
                return false;
            }
            if (begun) {
                decode(length);
            } else {
                begun = startsWithBegin(length);
            }
        }
        return true;
    }

    @Override
    public void close() throws IOException {
        encoded.close();
    }

    /// Reads a line; what exceeds the longest there may be is passed over.
    private int line() throws IOException {
        int length = 0;
        int octet = encoded.read();
        if (octet < 0) {
            return -1;
        }
        while (octet >= 0 && octet != '\n') {
            if (length < line.length && octet != '\r') {
                line[length] = (byte) octet;
                length++;
            }
            octet = encoded.read();
        }
        return length;
    }

    private boolean startsWithBegin(int length) {
        return length > BEGIN.length
                && Arrays.equals(line, 0, BEGIN.length, BEGIN, 0, BEGIN.length);
    }

    private void decode(int length) {
        at = 0;
        end = 0;
        int octets = length == 0 ? 0 : value(0, length);
        if (octets == 0) {
            begun = false;
            return;
        }
        int bits = 0;
        int bitCount = 0;
        for (int i = 1; end < octets && i <= LONGEST_LINE; i++) {
            bits = bits << 6 | value(i, length);
            bitCount += 6;
            if (bitCount >= 8) {
                bitCount -= 8;
                out[end] = (byte) (bits >>> bitCount);
                end++;
            }
        }
    }

    /// Spaces at the end of a line may have been lost on the way: they are zeros.
    private int value(int index, int length) {
        return index < length ? (line[index] - ' ') & 0x3F : 0;
    }
}
