package org.postrider.storage.message;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/// Base64 as mail has it (RFC 2045 §6.8): what is not in the alphabet is passed over, padding may
/// be missing, and where it stands in the middle the next piece begins.
final class Base64InputStream extends InputStream {

    private static final String ALPHABET =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    private static final byte JUNK = -1;
    private static final byte PADDING = -2;
    private static final byte[] VALUES = values();

    private final InputStream encoded;
    private final byte[] in = new byte[4096];
    private final byte[] out = new byte[in.length];
    private int at;
    private int end;
    private int bits;
    private int bitCount;

    Base64InputStream(InputStream encoded) {
        this.encoded = encoded;
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

    @Override
    public void close() throws IOException {
        encoded.close();
    }

    private boolean fill() throws IOException {
        while (at == end) {
            int count = encoded.read(in, 0, in.length);
            if (count < 0) {
                return false;
            }
            at = 0;
            end = 0;
            decode(count);
        }
        return true;
    }

    private void decode(int count) {
        for (int i = 0; i < count; i++) {
            byte value = VALUES[in[i] & 0xFF];
            if (value >= 0) {
                bits = bits << 6 | value;
                bitCount += 6;
                if (bitCount >= 8) {
                    bitCount -= 8;
                    out[end] = (byte) (bits >>> bitCount);
                    end++;
                }
            } else if (value == PADDING) {
                bitCount = 0;
            }
        }
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
