package org.postrider.pop3.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.nio.file.Path;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postrider.transport.testing.TestTls;

/// The session of the classic minimal Java client, with nothing but `javax.net.ssl`: TLS on the
/// implicit port, one command, one answer.
class ClassicClientTest {

    @Test
    void aTutorialClientLooksAtItsFirstMessageAndLeavesItThere(@TempDir Path directory)
            throws Exception {
        try (var server = new Pop3TestServer(directory)) {
            var inbox = server.inbox(server.alice);
            inbox.append("Subject: one\n\nHello.\n");
            var address = server.implicit;
            try (var socket =
                            (SSLSocket)
                                    TestTls.trusting()
                                            .getSocketFactory()
                                            .createSocket(address.getAddress(), address.getPort());
                    var in =
                            new BufferedReader(
                                    new InputStreamReader(socket.getInputStream(), US_ASCII));
                    var out =
                            new BufferedWriter(
                                    new OutputStreamWriter(socket.getOutputStream(), US_ASCII))) {
                assertThat(in.readLine()).startsWith("+OK");
                say("USER alice@example.test", out);
                assertThat(in.readLine()).startsWith("+OK");
                say("PASS " + Pop3TestServer.PASSWORD, out);
                assertThat(in.readLine()).startsWith("+OK");
                say("STAT", out);
                assertThat(in.readLine()).isEqualTo("+OK 1 24");
                say("LIST 1", out);
                assertThat(in.readLine()).isEqualTo("+OK 1 24");
                say("RETR 1", out);
                assertThat(in.readLine()).startsWith("+OK");
                assertThat(in.readLine()).isEqualTo("Subject: one");
                assertThat(in.readLine()).isEmpty();
                assertThat(in.readLine()).isEqualTo("Hello.");
                assertThat(in.readLine()).isEqualTo(".");
                say("DELE 1", out);
                assertThat(in.readLine()).startsWith("+OK");
                say("RSET", out);
                assertThat(in.readLine()).startsWith("+OK");
                say("QUIT", out);
                assertThat(in.readLine()).startsWith("+OK");
                assertThat(in.readLine()).isNull();
            }
            assertThat(inbox.view().size()).isEqualTo(1);
        }
    }

    private static void say(String line, BufferedWriter out) throws IOException {
        out.write(line + "\r\n");
        out.flush();
    }
}
