package org.postrider.imap.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.postrider.transport.testing.TestClient;

/// A client that takes literals apart from lines.
final class Client implements AutoCloseable {

    private static final Pattern LITERAL = Pattern.compile(".*\\{(\\d+)}");

    private final TestClient connection;

    /// What a command was answered.
    ///
    /// @param text all lines, without literals' octets
    /// @param literals in order
    record Answer(String text, List<byte[]> literals) {}

    Client(InetSocketAddress server) throws IOException {
        connection = TestClient.connect(server);
        connection.line();
    }

    /// Logs in and opens INBOX.
    static Client inInbox(InetSocketAddress server, String user) throws IOException {
        var client = new Client(server);
        client.ok("LOGIN " + user + " secret");
        client.ok("SELECT INBOX");
        return client;
    }

    Answer ok(String command) throws IOException {
        var answer = command(command);
        assertThat(answer.text()).as(command).contains("\nt OK ");
        return answer;
    }

    Answer command(String command) throws IOException {
        connection.send("t " + command + "\r\n");
        return answer();
    }

    Answer append(String mailbox, byte[] message) throws IOException {
        var octets = new ByteArrayOutputStream();
        var head = "t APPEND " + mailbox + " {" + message.length + "+}\r\n";
        octets.writeBytes(head.getBytes(StandardCharsets.US_ASCII));
        octets.writeBytes(message);
        octets.writeBytes(new byte[] {'\r', '\n'});
        connection.send(octets.toByteArray());
        return answer();
    }

    private Answer answer() throws IOException {
        var text = new StringBuilder();
        var literals = new ArrayList<byte[]>();
        while (true) {
            var line = connection.line();
            text.append('\n').append(line);
            var literal = LITERAL.matcher(line);
            if (literal.matches()) {
                literals.add(connection.octets(Integer.parseInt(literal.group(1))));
            } else if (line.startsWith("t ")) {
                return new Answer(text.toString(), literals);
            }
        }
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }
}
