package org.postrider.pop3.wire;

/// Finds where the answer to TOP ends: after the header, the empty line that divides it from the
/// body, and so many lines of the body (RFC 1939 §7).
public final class HeadCut {

    private long bodyLines;
    private boolean inHeader = true;
    private boolean lineIsEmpty = true;
    private boolean complete;

    public HeadCut(long bodyLines) {
        this.bodyLines = bodyLines;
    }

    /// Takes the next octets of the message.
    ///
    /// @return how many of them belong to the answer
    public int take(byte[] block, int length) {
        for (int at = 0; at < length; at++) {
            if (complete) {
                return at;
            }
            byte octet = block[at];
            if (octet == '\n') {
                lineEnds();
            } else if (octet != '\r') {
                lineIsEmpty = false;
            }
        }
        return length;
    }

    /// Nothing more belongs to the answer.
    public boolean complete() {
        return complete;
    }

    private void lineEnds() {
        if (!inHeader) {
            bodyLines--;
        } else if (lineIsEmpty) {
            inHeader = false;
        }
        complete = !inHeader && bodyLines <= 0;
        lineIsEmpty = true;
    }
}
