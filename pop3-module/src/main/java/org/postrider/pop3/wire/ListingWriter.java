package org.postrider.pop3.wire;

import java.io.IOException;

/// Writes the short lines of a multi-line reply (LIST, UIDL, CAPA) in blocks, so that a listing of
/// a large maildrop is neither one string nor one write a line.
public final class ListingWriter {

    private static final int BLOCK = 8192;

    private final OctetSink sink;
    private final byte[] block = new byte[BLOCK];
    private int filled;

    public ListingWriter(OctetSink sink) {
        this.sink = sink;
    }

    /// @param line ASCII without CRLF; it begins with no dot
    public void line(String line) throws IOException {
        if (filled + line.length() + 2 > BLOCK) {
            flush();
        }
        for (int i = 0; i < line.length(); i++) {
            block[filled++] = (byte) line.charAt(i);
        }
        block[filled++] = '\r';
        block[filled++] = '\n';
    }

    /// Ends the reply.
    public void end() throws IOException {
        line(".");
        flush();
    }

    private void flush() throws IOException {
        sink.write(block, 0, filled);
        filled = 0;
    }
}
