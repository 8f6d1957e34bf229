package org.postrider.smtp.receive;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// Counts the Received fields of a message as it passes: as many as servers it has been through. A
/// message that goes in a circle is known by that (RFC 5321 §6.3).
public final class HopCounter extends FilterInputStream {

    private static final byte[] NAME = {'r', 'e', 'c', 'e', 'i', 'v', 'e', 'd', ':'};

    private static final int OTHER_FIELD = -1;

    private int hops;
    private boolean inHeader = true;

    /// How much of the name the line has shown so far, or [#OTHER_FIELD].
    private int matched;

    public HopCounter(InputStream message) {
        super(message);
    }

    public int hops() {
        return hops;
    }

    @Override
    public int read() throws IOException {
        int octet = in.read();
        if (octet >= 0 && inHeader) {
            look(octet);
        }
        return octet;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int count = in.read(buffer, offset, length);
        for (int i = 0; inHeader && i < count; i++) {
            look(buffer[offset + i]);
        }
        return count;
    }

    @Override
    public long skip(long count) throws IOException {
        return skippedByReading(count);
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    private long skippedByReading(long count) throws IOException {
        long skipped = 0;
        while (skipped < count && read() >= 0) {
            skipped++;
        }
        return skipped;
    }

    /// A CR says nothing by itself, so that at the start of a line the LF behind it ends the
    /// header.
    private void look(int octet) {
        switch (octet) {
            case '\r' -> {}
            case '\n' -> {
                inHeader = matched != 0;
                matched = 0;
            }
            default -> {
                if (matched != OTHER_FIELD) {
                    match(octet);
                }
            }
        }
    }

    private void match(int octet) {
        boolean same = Character.toLowerCase(octet & 0xFF) == NAME[matched];
        matched = same ? matched + 1 : OTHER_FIELD;
        if (matched == NAME.length) {
            hops++;
            matched = OTHER_FIELD;
        }
    }
}
