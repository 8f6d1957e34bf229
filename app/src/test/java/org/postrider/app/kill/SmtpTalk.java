package org.postrider.app.kill;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import org.postrider.transport.testing.TestClient;

/// A connection to the MX listener, as another mail server's.
final class SmtpTalk implements AutoCloseable {

    private final TestClient client;

    private SmtpTalk(TestClient client) {
        this.client = client;
    }

    static SmtpTalk connect(InetSocketAddress mx) throws IOException {
        var talk = new SmtpTalk(TestClient.connect(mx));
        talk.expect("220");
        talk.command("EHLO sender.example.org", "250");
        return talk;
    }

    /// Sends one message; returns when it was accepted for all.
    void send(List<String> recipients, byte[] message) throws IOException {
        command("MAIL FROM:<sender@example.org> BODY=8BITMIME", "250");
        for (var recipient : recipients) {
            command("RCPT TO:<" + recipient + ">", "250");
        }
        command("DATA", "354");
        client.send(stuffed(message));
        command(".", "250");
    }

    void quit() throws IOException {
        command("QUIT", "221");
    }

    private void command(String line, String code) throws IOException {
        client.sendLine(line);
        expect(code);
    }

    private void expect(String code) throws IOException {
        var line = client.line();
        while (line.startsWith(code + "-")) {
            line = client.line();
        }
        if (line.startsWith("4")) {
            throw new TemporaryFailure(line);
        }
        if (!line.startsWith(code)) {
            throw new AssertionError("expected " + code + ", got " + line);
        }
    }

    /// A line that begins with a dot gets another one (RFC 5321 §4.5.2).
    private static byte[] stuffed(byte[] message) {
        var stuffed = new ByteArrayOutputStream(message.length + 100);
        int before = '\n';
        for (byte octet : message) {
            if (octet == '.' && before == '\n') {
                stuffed.write('.');
            }
            stuffed.write(octet);
            before = octet;
        }
        return stuffed.toByteArray();
    }

    @Override
    public void close() throws IOException {
        client.close();
    }
}
