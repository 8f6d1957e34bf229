package org.postrider.transport;

/// What the framer found.
sealed interface Framed {
    /// A line, without its CRLF.
    record Line(byte[] octets) implements Framed {}

    /// A line that cannot be taken, discarded to its end.
    record Refused(LineFault fault) implements Framed {}

    /// A line without end.
    enum Endless implements Framed {
        ENDLESS
    }

    /// No line is complete yet.
    enum Incomplete implements Framed {
        INCOMPLETE
    }
}
