package org.postrider.storage.message;

import java.io.ByteArrayOutputStream;

/// Line ends as the store makes them before a message is parsed.
final class LineEnds {

    private LineEnds() {}

    /// The octets with every bare CR and LF made a CRLF, and one at the end.
    static byte[] crlf(byte[] octets) {
        var normal = new ByteArrayOutputStream(octets.length + octets.length / 30);
        int previous = -1;
        for (byte octet : octets) {
            if (octet == '\r' || (octet == '\n' && previous != '\r')) {
                normal.write('\r');
                normal.write('\n');
            } else if (octet != '\n') {
                normal.write(octet);
            }
            previous = octet & 0xFF;
        }
        if (previous >= 0 && previous != '\r' && previous != '\n') {
            normal.write('\r');
            normal.write('\n');
        }
        return normal.toByteArray();
    }
}
