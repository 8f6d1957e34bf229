package org.postrider.pop3.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Python's `poplib`, a client that many scripts are written with: every method it has, in clear
/// text, after STLS, and on the implicit TLS port.
class PoplibTest {

    private static final Path SCRIPT = Path.of("src/test/python/session.py");

    @Test
    void poplibDoesAllItCan(@TempDir Path directory) throws Exception {
        assumePython();
        try (var server = new Pop3TestServer(directory)) {
            var inbox = server.inbox(server.alice);
            inbox.append("Subject: one\n\nHello.\n");
            inbox.append("Subject: dots\n\n.\n..\n.one\n");
            inbox.append("Subject: three\n\n1\n2\n3\n");
            assertThat(python(server)).isEqualTo("clear\nstls\nimplicit\ndone\n");
            assertThat(inbox.view().size()).isEqualTo(2);
        }
    }

    /// A machine need not have Python to build a mail server.
    private static void assumePython() throws InterruptedException {
        try {
            var python = new ProcessBuilder("python3", "-c", "import poplib, ssl").start();
            assertThat(python.waitFor()).isZero();
        } catch (IOException e) {
            System.out.println("NOT RUN: poplib: " + e.getMessage());
            abort("there is no python3");
        }
    }

    private static String python(Pop3TestServer server) throws IOException, InterruptedException {
        var process =
                new ProcessBuilder(
                                "python3",
                                SCRIPT.toString(),
                                Integer.toString(server.clear.getPort()),
                                Integer.toString(server.implicit.getPort()),
                                Pop3TestServer.PASSWORD)
                        .redirectErrorStream(true)
                        .start();
        process.getOutputStream().close();
        var said = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }
}
