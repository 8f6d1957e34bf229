package org.postrider.storage.message;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.postrider.storage.blob.PieceStream;

/// Base64 as mail has it (RFC 2045 §6.8): what is not in the alphabet is passed over, padding may
/// be missing, and where it stands in the middle the next piece begins.
final class Base64InputStream extends PieceStream {

    private static final String ALPHABET =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    private static final byte JUNK = -1;
    private static final byte PADDING = -2;
    private static final byte[] VALUES = values();

    private final InputStream encoded;
    private final byte[] in = new byte[4096];
    private final byte[] out = new byte[in.length];
    private int bits;
    private int bitCount;

    Base64InputStream(InputStream encoded) {
        this.encoded = encoded;
    }

    @Override
    public void close() throws IOException {
        encoded.close();
    }

    @Override
    protected ByteBuffer next() throws IOException {
        int size = 0;
        while (size == 0) {
            int count = encoded.read(in);
            if (count < 0) {
                break;
            }
            size = decode(count);
        }
        return ByteBuffer.wrap(out, 0, size);
    }

    /// Decodes so many octets of `in`.
    ///
    /// @return how many there are in `out` now
    private int decode(int count) {
        int size = 0;
        for (int i = 0; i < count; i++) {
            byte value = VALUES[in[i] & 0xFF];
            if (value >= 0) {
                bits = bits << 6 | value;
                bitCount += 6;
                if (bitCount >= 8) {
                    bitCount -= 8;
                    out[size] = (byte) (bits >>> bitCount);
                    size++;
                }
            } else if (value == PADDING) {
                bitCount = 0;
            }
        }
        return size;
    }

    private static byte[] values() {
        var values = new byte[256];
        Arrays.fill(values, JUNK);
        for (int i = 0; i < ALPHABET.length(); i++) {
            values[ALPHABET.charAt(i)] = (byte) i;
        }
        values['='] = PADDING;
        return values;
    }
}
