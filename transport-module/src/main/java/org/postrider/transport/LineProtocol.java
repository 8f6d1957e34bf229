package org.postrider.transport;

/// A protocol that begins with a line from the server and goes on with lines from the client.
public interface LineProtocol {

    /// The protocol's name in logs and limits: `smtp`, `submission`, `pop3`, `imap`.
    String name();

    /// The server's side of one new connection. Called before anything is read or written.
    Conversation converse(Connection connection);
}
