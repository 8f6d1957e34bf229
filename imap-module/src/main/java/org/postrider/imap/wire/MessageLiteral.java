package org.postrider.imap.wire;

import java.io.IOException;
import java.io.InputStream;
import org.postrider.imap.wire.LiteralInput.Literal;

/// The message of an APPEND, still with the client: it is asked for when somebody opens it, and
/// streams from the connection into the store.
public final class MessageLiteral {

    private final ImapReader reader;
    private final Literal literal;

    MessageLiteral(ImapReader reader, Literal literal) {
        this.reader = reader;
        this.literal = literal;
    }

    public long octets() {
        return literal.octets();
    }

    /// Asks for the message. To be called once.
    public InputStream open() throws IOException {
        return reader.openMessage(literal);
    }

    /// Reads what follows the message, which must be the end of the command.
    public void finish() throws IOException, SyntaxError {
        reader.afterMessage();
    }
}
