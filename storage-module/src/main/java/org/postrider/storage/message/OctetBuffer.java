package org.postrider.storage.message;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Octets up to a limit; what comes beyond is not kept, but known of.
final class OctetBuffer {

    private final int limit;
    private byte[] octets = new byte[256];
    private int length;
    private boolean cut;
    private boolean blankBeyond = true;

    OctetBuffer(int limit) {
        this.limit = limit;
    }

    void append(byte[] source, int from, int to) {
        int taken = Math.min(to - from, limit - length);
        if (length + taken > octets.length) {
            octets = Arrays.copyOf(octets, Math.min(limit, 2 * (length + taken)));
        }
        System.arraycopy(source, from, octets, length, taken);
        length += taken;
        if (taken < to - from) {
            cut = true;
            blankBeyond = blankBeyond && isBlank(source, from + taken, to);
        }
    }

    void append(OctetBuffer other) {
        append(other.octets, 0, other.length);
        cut = cut || other.cut;
        blankBeyond = blankBeyond && other.blankBeyond;
    }

    void appendUnlessEmpty(OctetBuffer other) {
        if (length > 0) {
            append(other);
        }
    }

    void clear() {
        length = 0;
        cut = false;
        blankBeyond = true;
    }

    byte[] array() {
        return octets;
    }

    int length() {
        return length;
    }

    boolean isEmpty() {
        return length == 0;
    }

    /// More came than is kept.
    boolean cut() {
        return cut;
    }

    boolean startsWith(char octet) {
        return length > 0 && octets[0] == octet;
    }

    /// There is nothing but white space and line ends from here on, beyond the limit included.
    boolean blankFrom(int from) {
        return blankBeyond && isBlank(octets, from, length);
    }

    String text(int from, int to) {
        return new String(octets, from, to - from, StandardCharsets.ISO_8859_1);
    }

    private static boolean isBlank(byte[] octets, int from, int to) {
        for (int i = from; i < to; i++) {
            byte octet = octets[i];
            if (octet != ' ' && octet != '\t' && octet != '\r' && octet != '\n') {
                return false;
            }
        }
        return true;
    }
}
