package org.postrider.storage.jdbc;

/// Makes every bare CR and every bare LF a CRLF, and ends the last line.
final class LineEnds {

    private byte[] out = new byte[0];
    private int length;
    private boolean afterCr;
    private boolean midLine;
    private boolean nul;

    /// The octets with CRLF line ends: the first [#length] of the array, which is used again for
    /// the next call.
    byte[] normalise(byte[] octets, int count) {
        if (out.length < 2 * count + 1) {
            out = new byte[2 * count + 1];
        }
        int to = 0;
        for (int i = 0; i < count; i++) {
            byte octet = octets[i];
            if (afterCr && octet != '\n') {
                out[to++] = '\n';
            } else if (!afterCr && octet == '\n') {
                out[to++] = '\r';
            }
            out[to++] = octet;
            afterCr = octet == '\r';
            nul |= octet == 0;
        }
        if (count > 0) {
            midLine = octets[count - 1] != '\n';
        }
        length = to;
        return out;
    }

    int length() {
        return length;
    }

    boolean metNul() {
        return nul;
    }

    /// What is missing at the end.
    byte[] finish() {
        if (afterCr) {
            return new byte[] {'\n'};
        }
        return midLine ? new byte[] {'\r', '\n'} : new byte[0];
    }
}
