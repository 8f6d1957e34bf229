package org.postrider.pop3.wire;

import java.io.IOException;

/// Writes a message as the rest of a multi-line reply: a line that begins with a dot gets one more,
/// and a line with a single dot ends it (RFC 1939 §3). Passes on whole blocks; only a stuffed dot
/// divides one.
public final class DotStuffer {

    private static final byte[] DOT = {'.'};
    private static final byte[] END = {'.', '\r', '\n'};
    private static final byte[] LINE_END = {'\r', '\n'};

    private final OctetSink sink;
    private boolean atLineStart = true;

    public DotStuffer(OctetSink sink) {
        this.sink = sink;
    }

    public void write(byte[] block, int offset, int length) throws IOException {
        if (length == 0) {
            return;
        }
        int end = offset + length;
        int unsent = offset;
        for (int at = offset; at < end; at++) {
            if (block[at] == '.' && (at == offset ? atLineStart : block[at - 1] == '\n')) {
                sink.write(block, unsent, at - unsent);
                sink.write(DOT, 0, DOT.length);
                unsent = at;
            }
        }
        sink.write(block, unsent, end - unsent);
        atLineStart = block[end - 1] == '\n';
    }

    /// Ends the reply.
    public void end() throws IOException {
        if (!atLineStart) {
            sink.write(LINE_END, 0, LINE_END.length);
        }
        sink.write(END, 0, END.length);
    }
}
