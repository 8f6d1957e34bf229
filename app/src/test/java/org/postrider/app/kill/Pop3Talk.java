package org.postrider.app.kill;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.postrider.transport.testing.TestClient;

/// A POP3 session.
final class Pop3Talk implements AutoCloseable {

    private final TestClient client;

    private Pop3Talk(TestClient client) {
        this.client = client;
    }

    static Pop3Talk login(InetSocketAddress pop3, String user, String password) throws IOException {
        var talk = new Pop3Talk(TestClient.connect(pop3));
        talk.expectOk();
        talk.command("USER " + user);
        talk.command("PASS " + password);
        return talk;
    }

    /// The sizes of all messages, in octets.
    List<Long> list() throws IOException {
        return listing("LIST").stream().map(Long::valueOf).toList();
    }

    /// The unique-ids of all messages (RFC 1939 §7).
    List<String> uidl() throws IOException {
        return listing("UIDL");
    }

    byte[] retr(int number) throws IOException {
        return message("RETR " + number);
    }

    /// A whole message, of which the server does not note that it was fetched.
    byte[] peek(int number) throws IOException {
        return message("TOP " + number + " " + Integer.MAX_VALUE);
    }

    void dele(int number) throws IOException {
        command("DELE " + number);
    }

    void quit() throws IOException {
        command("QUIT");
    }

    /// What stands behind the number in each line.
    private List<String> listing(String command) throws IOException {
        command(command);
        var second = new ArrayList<String>();
        for (var line = client.line(); !line.equals("."); line = client.line()) {
            second.add(line.split(" ", -1)[1]);
        }
        return second;
    }

    private byte[] message(String command) throws IOException {
        command(command);
        var message = new ByteArrayOutputStream();
        for (var line = client.line(); !line.equals("."); line = client.line()) {
            var plain = line.startsWith(".") ? line.substring(1) : line;
            message.writeBytes((plain + "\r\n").getBytes(StandardCharsets.UTF_8));
        }
        return message.toByteArray();
    }

    private void command(String line) throws IOException {
        client.sendLine(line);
        expectOk();
    }

    private void expectOk() throws IOException {
        var line = client.line();
        if (line.startsWith("-ERR [SYS/TEMP]") || line.startsWith("-ERR [IN-USE]")) {
            throw new TemporaryFailure(line);
        }
        if (!line.startsWith("+OK")) {
            throw new AssertionError("expected +OK, got " + line);
        }
    }

    @Override
    public void close() throws IOException {
        client.close();
    }
}
