package org.postrider.app;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.postrider.transport.testing.TestClient;

/// A message on its way through the server, by each protocol in turn.
final class MailTalk {

    private MailTalk() {}

    /// Sends a message of one line by the MX, as another server does.
    static void deliver(InetSocketAddress mx, String to, String line) throws IOException {
        try (var client = TestClient.connect(mx)) {
            expect(client, "220 ");
            command(client, "EHLO sender.example.org", "250 ");
            command(client, "MAIL FROM:<sender@example.org>", "250 ");
            command(client, "RCPT TO:<" + to + ">", "250 ");
            command(client, "DATA", "354 ");
            client.sendLine("Subject: test").sendLine("").sendLine(line);
            command(client, ".", "250 ");
            command(client, "QUIT", "221 ");
        }
    }

    /// The body lines of every message in a maildrop.
    static List<String> fetchByPop3(InetSocketAddress pop3, String user, String password)
            throws IOException {
        try (var client = TestClient.connect(pop3)) {
            expect(client, "+OK");
            command(client, "USER " + user, "+OK");
            command(client, "PASS " + password, "+OK");
            var count = Integer.parseInt(command(client, "STAT", "+OK").split(" ", -1)[1]);
            var bodies = new ArrayList<String>();
            for (int number = 1; number <= count; number++) {
                command(client, "RETR " + number, "+OK");
                bodies.add(body(client));
            }
            command(client, "QUIT", "+OK");
            return bodies;
        }
    }

    /// The body lines of every message in INBOX.
    static List<String> readByImap(InetSocketAddress imap, String user, String password)
            throws IOException {
        try (var client = TestClient.connect(imap)) {
            expect(client, "* OK");
            command(client, "a LOGIN " + user + " " + password, "a OK");
            command(client, "b EXAMINE INBOX", "b OK");
            client.sendLine("c FETCH 1:* BODY.PEEK[TEXT]");
            var bodies = new ArrayList<String>();
            for (var line = client.line(); !line.startsWith("c "); line = client.line()) {
                if (line.endsWith("}")) {
                    bodies.add(client.line());
                }
            }
            command(client, "d LOGOUT", "d OK");
            return bodies;
        }
    }

    /// Sends a line, and reads the answer up to the line that begins so.
    static String command(TestClient client, String line, String expected) throws IOException {
        client.sendLine(line);
        return expect(client, expected);
    }

    static String expect(TestClient client, String expected) throws IOException {
        var line = client.line();
        while (line.startsWith("250-") || (line.startsWith("* ") && !expected.startsWith("* "))) {
            line = client.line();
        }
        if (!line.startsWith(expected)) {
            throw new AssertionError("expected " + expected + ", got " + line);
        }
        return line;
    }

    /// The first line after the header of a message that ends with a dot.
    private static String body(TestClient client) throws IOException {
        var lines = new ArrayList<String>();
        for (var line = client.line(); !line.equals("."); line = client.line()) {
            lines.add(line);
        }
        return lines.get(lines.indexOf("") + 1);
    }
}
