package org.postrider.imap.wire;

import java.io.IOException;
import java.io.InputStream;

/// Where a command goes on after a line that ends in a literal: the connection, or a test.
public interface LiteralInput {

    /// A literal announced at the end of a line (RFC 3501 §4.3, RFC 7888 §4).
    ///
    /// @param octets how long it is
    /// @param awaited whether the client waits for a continuation request before it sends it
    record Literal(long octets, boolean awaited) {}

    /// Takes a literal that is an argument, whole.
    ///
    /// @throws SyntaxError when it is larger than an argument may be; nothing was asked for
    byte[] take(Literal literal) throws IOException, SyntaxError;

    /// Takes a literal that is a message. Closing the stream skips what was not read.
    InputStream open(Literal literal) throws IOException;

    /// The line that follows the last literal.
    byte[] nextLine() throws IOException, SyntaxError;

    /// Reads away a literal that the client sends unasked although the command was refused.
    ///
    /// @throws SyntaxError (a fatal one) when that is more than this connection is worth
    void skip(Literal literal) throws IOException, SyntaxError;
}
