package org.postrider.transport.testing;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;

/// A client that sends and receives exactly what it is told to, and waits no longer than its
/// patience.
public final class TestClient implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private Socket socket;
    private InputStream in;
    private OutputStream out;

    private TestClient(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream());
        this.out = socket.getOutputStream();
    }

    public static TestClient connect(InetSocketAddress server) throws IOException {
        Socket socket = new Socket();
        return connect(socket, server);
    }

    /// Connects with Nagle's algorithm on, as a client does that sets nothing.
    public static TestClient connectWithNagle(InetSocketAddress server) throws IOException {
        TestClient client = connect(server);
        client.socket.setTcpNoDelay(false);
        return client;
    }

    /// Connects from an address of this machine, for example 127.0.0.7.
    public static TestClient connect(InetSocketAddress server, String from) throws IOException {
        Socket socket = new Socket();
        socket.bind(new InetSocketAddress(from, 0));
        return connect(socket, server);
    }

    /// Connects with a receive buffer of this size, so that little is taken off the server's hands
    /// unread.
    public static TestClient connect(InetSocketAddress server, int receiveBuffer)
            throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(receiveBuffer);
        return connect(socket, server);
    }

    /// Connects to an implicit TLS port that has the certificate of [TestTls].
    public static TestClient connectTls(InetSocketAddress server) throws IOException {
        TestClient client = connect(server);
        client.startTls();
        return client;
    }

    private static TestClient connect(Socket socket, InetSocketAddress server) throws IOException {
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(Math.toIntExact(PATIENCE.toMillis()));
        socket.connect(server, Math.toIntExact(PATIENCE.toMillis()));
        return new TestClient(socket);
    }

    public void startTls() throws IOException {
        startTls(TestTls.trusting());
    }

    public void startTls(SSLContext context) throws IOException {
        SSLSocket tls =
                (SSLSocket)
                        context.getSocketFactory()
                                .createSocket(
                                        socket,
                                        socket.getInetAddress().getHostAddress(),
                                        socket.getPort(),
                                        true);
        tls.startHandshake();
        socket = tls;
        in = new BufferedInputStream(tls.getInputStream());
        out = tls.getOutputStream();
    }

    /// The TLS session, once there is one.
    public SSLSession session() {
        return ((SSLSocket) socket).getSession();
    }

    /// Sends text in UTF-8 as it is.
    public TestClient send(String text) throws IOException {
        return send(text.getBytes(StandardCharsets.UTF_8));
    }

    public TestClient send(byte[] octets) throws IOException {
        out.write(octets);
        out.flush();
        return this;
    }

    /// Sends text and CRLF.
    public TestClient sendLine(String line) throws IOException {
        return send(line + "\r\n");
    }

    /// The next line without its CRLF.
    ///
    /// @throws EOFException when the server closed the connection instead
    public String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        while (true) {
            int octet = in.read();
            if (octet < 0) {
                throw new EOFException(
                        line.size() == 0
                                ? "the server closed the connection"
                                : "the server closed after: " + line);
            }
            line.write(octet);
            if (octet == '\n') {
                String text = line.toString(StandardCharsets.UTF_8);
                if (!text.endsWith("\r\n")) {
                    throw new IOException("the server ended a line without CR: " + text);
                }
                return text.substring(0, text.length() - 2);
            }
        }
    }

    /// The next octets, exactly so many.
    public byte[] octets(int count) throws IOException {
        byte[] octets = in.readNBytes(count);
        if (octets.length < count) {
            throw new EOFException(
                    "the server closed after " + octets.length + " of " + count + " octets");
        }
        return octets;
    }

    /// Everything up to the server's closing.
    public byte[] rest() throws IOException {
        return in.readAllBytes();
    }

    /// Whether the server closed the connection, with nothing more to read.
    public boolean isClosed() throws IOException {
        return in.read() < 0;
    }

    /// Closes this client's side only.
    public void finish() throws IOException {
        socket.shutdownOutput();
    }

    /// Ends the connection with a reset.
    public void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
