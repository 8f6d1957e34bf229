package org.postrider.pop3.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// A client that knows as much of POP3 as a test needs: it sends lines, reads replies and takes the
/// dots off. The greeting has been read.
final class Pop3TestClient implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 30_000;
    private static final Pattern LINE_END = Pattern.compile("\r\n");

    private final Socket socket;
    private final InputStream in;

    Pop3TestClient(InetSocketAddress server) throws IOException {
        this(new Socket(server.getAddress(), server.getPort()));
    }

    Pop3TestClient(Socket connected) throws IOException {
        socket = connected;
        socket.setSoTimeout(PATIENCE_MILLIS);
        in = new BufferedInputStream(socket.getInputStream());
        assertThat(line()).startsWith("+OK");
    }

    /// A client whose maildrop is open.
    static Pop3TestClient loggedIn(InetSocketAddress server, String name) throws IOException {
        var client = new Pop3TestClient(server);
        client.ok("USER " + name);
        client.ok("PASS " + Pop3TestServer.PASSWORD);
        return client;
    }

    void send(String line) throws IOException {
        socket.getOutputStream().write((line + "\r\n").getBytes(ISO_8859_1));
    }

    /// Sends a command and returns the status line.
    String command(String line) throws IOException {
        send(line);
        return line();
    }

    /// Sends a command that succeeds, and returns what follows `+OK `.
    String ok(String line) throws IOException {
        var reply = command(line);
        assertThat(reply).as(line).startsWith("+OK ");
        return reply.substring(4);
    }

    /// Sends a command that fails, and returns what follows `-ERR `.
    String err(String line) throws IOException {
        var reply = command(line);
        assertThat(reply).as(line).startsWith("-ERR ");
        return reply.substring(5);
    }

    /// Sends a command with a multi-line reply and returns its octets, dots unstuffed.
    byte[] octets(String line) throws IOException {
        ok(line);
        var message = new ByteArrayOutputStream();
        for (var next = line(); !next.equals("."); next = line()) {
            var text = next.startsWith(".") ? next.substring(1) : next;
            message.writeBytes((text + "\r\n").getBytes(ISO_8859_1));
        }
        return message.toByteArray();
    }

    /// Sends a command with a multi-line reply and returns its lines.
    List<String> lines(String line) throws IOException {
        var text = new String(octets(line), ISO_8859_1);
        var lines = new ArrayList<>(LINE_END.splitAsStream(text).toList());
        lines.removeIf(String::isEmpty);
        return List.copyOf(lines);
    }

    /// The next line, which ends with CRLF and holds neither elsewhere.
    String line() throws IOException {
        var line = new ByteArrayOutputStream();
        int octet = in.read();
        while (octet >= 0 && octet != '\r' && octet != '\n') {
            line.write(octet);
            octet = in.read();
        }
        var text = line.toString(ISO_8859_1);
        assertThat(octet == '\r' && in.read() == '\n').as("a CRLF after: " + text).isTrue();
        return text;
    }

    /// All that comes until the server has closed the connection.
    String rest() throws IOException {
        return new String(in.readAllBytes(), ISO_8859_1);
    }

    /// Waits until the server has closed the connection.
    void awaitEnd() throws IOException {
        assertThat(in.read()).isEqualTo(-1);
    }

    /// Ends the connection without QUIT.
    @Override
    public void close() throws IOException {
        socket.close();
    }
}
