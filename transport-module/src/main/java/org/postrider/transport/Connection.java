package org.postrider.transport;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;

/// One connection, as a [Conversation] sees it. Every method but [#execute] and [#close] may be
/// called only from within a call of the conversation.
public interface Connection {

    /// A short name of this connection, unique for the life of the process, that stands in every
    /// log line about it.
    String tag();

    /// The client's address: what a trusted PROXY header said, else the socket's.
    InetSocketAddress remoteAddress();

    /// The address the client connected to.
    InetSocketAddress localAddress();

    /// What protects this connection, empty while it is in clear text.
    Optional<TlsInfo> tls();

    /// What a login can be bound to, empty in clear text and where the TLS session does not have
    /// it.
    Optional<byte[]> channelBinding(ChannelBinding type);

    /// Whether [#startTls] can be answered: there is a certificate, and TLS is not active yet.
    boolean canStartTls();

    /// Writes octets. Blocks while the client does not read. Nothing is sent before a flush, unless
    /// the buffer is full.
    void write(byte[] octets, int offset, int length) throws IOException;

    default void write(byte[] octets) throws IOException {
        write(octets, 0, octets.length);
    }

    /// Writes text in UTF-8.
    void write(String text) throws IOException;

    /// Sends what was written. Called by the transport itself whenever no further line is waiting
    /// and before any read that would block, so a conversation seldom needs it.
    void flush() throws IOException;

    /// Waits for the next line in the middle of a command (a SASL response, the rest of an IMAP
    /// command after a literal).
    ///
    /// @throws LineRefused when the line cannot be taken
    byte[] readLine() throws IOException;

    /// The next `count` octets, whatever they are (an IMAP literal, a BDAT chunk). What is not read
    /// when the stream is closed is skipped.
    InputStream readOctets(long count);

    /// The octets of a message after DATA, up to and without the line that holds a single dot, dots
    /// unstuffed (RFC 5321 §4.5.2). Only CRLF.CRLF ends it. What is not read when the stream is
    /// closed is skipped.
    DotStream readDotted();

    /// Whether the client has already sent more than was taken.
    boolean hasMore();

    /// Answers STARTTLS or STLS: sends `reply` in clear text and begins the handshake. When the
    /// client sent anything after the command, nothing is done (RFC 3207 §6, CVE-2011-0411) and the
    /// answer is false; the conversation then says why and closes.
    boolean startTls(String reply) throws IOException;

    /// From now on a line may be this long (octets without CRLF), and the client may be silent for
    /// so long.
    void expect(int lineLimit, Duration idleLimit);

    /// Names the account in the connection's log lines and in lists of connections.
    void loggedIn(String account);

    /// Runs a task as the next call of this connection, from any thread: how news of a mailbox
    /// reaches a client in IDLE. After the connection ended it is dropped.
    void execute(Task task);

    /// Ends the connection after what was written is sent. May be called from any thread.
    void close();

    /// Something to do on the connection's own thread.
    @FunctionalInterface
    interface Task {
        void run() throws IOException;
    }
}
