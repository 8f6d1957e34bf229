package org.postrider.transport;

/// Why the server ends a connection of its own accord.
public enum Farewell {
    /// Nothing arrived for longer than the idle limit.
    IDLE,
    /// The server is shutting down.
    SHUTDOWN,
    /// Too many connections, from this address or in all. [Conversation#opened] was not called.
    TOO_MANY_CONNECTIONS,
    /// The client sends what no client sends, without end.
    ABUSE,
    /// We are wrong: an unexpected exception ended the command.
    FAULT
}
