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
                assertThat(ask("USER alice@example.test", in, out)).startsWith("+OK");
                assertThat(ask("PASS " + Pop3TestServer.PASSWORD, in, out)).startsWith("+OK");
                assertThat(ask("STAT", in, out)).isEqualTo("+OK 1 24");
                assertThat(ask("LIST 1", in, out)).isEqualTo("+OK 1 24");
                assertThat(ask("RETR 1", in, out)).startsWith("+OK");
                assertThat(in.readLine()).isEqualTo("Subject: one");
                assertThat(in.readLine()).isEmpty();
                assertThat(in.readLine()).isEqualTo("Hello.");
                assertThat(in.readLine()).isEqualTo(".");
                assertThat(ask("DELE 1", in, out)).startsWith("+OK");
                assertThat(ask("RSET", in, out)).startsWith("+OK");
                assertThat(ask("QUIT", in, out)).startsWith("+OK");
                assertThat(in.readLine()).isNull();
            }
            assertThat(inbox.view().size()).isEqualTo(1);
        }
    }

    private static String ask(String line, BufferedReader in, BufferedWriter out)
            throws IOException {
        out.write(line + "\r\n");
        out.flush();
        return in.readLine();
    }
}
