package org.postrider.transport;

import java.io.IOException;

/// The server's side of one connection, as a protocol writes it.
///
/// Calls come one at a time, in the order in which their causes happened, on virtual threads; each
/// may block. Replies go to [Connection] and are flushed when no further line is waiting, so that
/// pipelined commands share one packet. An [IOException] that leaves a call ends the connection
/// without a word (the peer is gone); any other exception is our fault: it is logged once with the
/// connection's tag, [#farewell] is called with [Farewell#FAULT], and the connection ends.
public interface Conversation {

    /// The connection stands (TLS included, on an implicit TLS port): greet.
    void opened() throws IOException;

    /// A line arrived, without its CRLF.
    void line(byte[] line) throws IOException;

    /// A line arrived that cannot be taken. It has been discarded to its end; answer and go on.
    void refused(LineFault fault) throws IOException;

    /// The server is about to end this connection: say why in the protocol's words. The reply is
    /// flushed and the connection closed afterwards.
    void farewell(Farewell reason) throws IOException;

    /// The connection has ended, whoever ended it. Called exactly once, last.
    void closed();
}
