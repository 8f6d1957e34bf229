package org.postrider.storage.message;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.postrider.storage.blob.PieceStream;

/// The encoding from before MIME (POSIX `uuencode`): `begin 644 name`, lines whose first character
/// counts their octets, `end`. Whatever stands around it is passed over.
final class UuencodeInputStream extends PieceStream {

    private static final int LONGEST_LINE = 128;
    private static final byte[] BEGIN = {'b', 'e', 'g', 'i', 'n', ' '};

    private final InputStream encoded;
    private final byte[] line = new byte[LONGEST_LINE];
    private final byte[] out = new byte[LONGEST_LINE];
    private boolean begun;

    UuencodeInputStream(InputStream encoded) {
        this.encoded = new BufferedInputStream(encoded);
    }

    @Override
    protected ByteBuffer next() throws IOException {
        int size = 0;
        while (size == 0) {
            int length = line();
            if (length < 0) {
                break;
            }
            if (begun) {
                size = decode(length);
            } else {
                begun = startsWithBegin(length);
            }
        }
        return ByteBuffer.wrap(out, 0, size);
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

    /// Decodes the line.
    ///
    /// @return how many octets there are in `out` now
    private int decode(int length) {
        int octets = length == 0 ? 0 : value(0, length);
        if (octets == 0) {
            begun = false;
            return 0;
        }
        int bits = 0;
        int bitCount = 0;
        int size = 0;
        for (int i = 1; size < octets && i <= LONGEST_LINE; i++) {
            bits = bits << 6 | value(i, length);
            bitCount += 6;
            if (bitCount >= 8) {
                bitCount -= 8;
                out[size] = (byte) (bits >>> bitCount);
                size++;
            }
        }
        return size;
    }

    /// Spaces at the end of a line may have been lost on the way: they are zeros.
    private int value(int index, int length) {
        return index < length ? (line[index] - ' ') & 0x3F : 0;
    }
}
