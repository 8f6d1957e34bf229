package org.postrider.smtp.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.postrider.transport.testing.TestClient;

/// A client that knows commands, replies and messages, and nothing of their order.
final class SmtpClient implements AutoCloseable {

    private final TestClient client;

    SmtpClient(InetSocketAddress server) throws IOException {
        client = TestClient.connect(server);
    }

    /// A client that has greeted.
    static SmtpClient greeted(InetSocketAddress server) throws IOException {
        var client = new SmtpClient(server);
        client.reply();
        client.command("EHLO client.example");
        return client;
    }

    /// Sends text, one character an octet.
    void send(String text) throws IOException {
        client.send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    String command(String line) throws IOException {
        client.sendLine(line);
        return reply();
    }

    /// Sends a message whose line ends are CRLF and returns what is answered to its end.
    String message(String message, String... recipients) throws IOException {
        command("MAIL FROM:<carol@elsewhere.test>");
        for (var recipient : recipients) {
            command("RCPT TO:<" + recipient + ">");
        }
        command("DATA");
        send(stuffed(message));
        return reply();
    }

    /// The next reply, its lines divided by LF.
    String reply() throws IOException {
        var reply = new StringBuilder();
        var line = client.line();
        while (line.charAt(3) == '-') {
            reply.append(line).append('\n');
            line = client.line();
        }
        return reply.append(line).toString();
    }

    /// Whether the server has closed the connection, with nothing more said.
    boolean isClosed() throws IOException {
        return client.isClosed();
    }

    /// A message as DATA sends it, with the dot at its end (RFC 5321 §4.5.2).
    static String stuffed(String message) {
        var stuffed = message.replace("\r\n.", "\r\n..");
        return (stuffed.startsWith(".") ? "." : "") + stuffed + ".\r\n";
    }

    @Override
    public void close() throws IOException {
        client.close();
    }
}
