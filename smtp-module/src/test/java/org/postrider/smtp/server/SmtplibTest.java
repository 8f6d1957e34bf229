package org.postrider.smtp.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postrider.transport.TlsMode;
import org.postrider.transport.sasl.PlainTextLogin;

/// Python's smtplib, the client of every tutorial: on the MX of a loopback listener, with STARTTLS
/// and on the implicit TLS port. What it sent is in the store octet for octet.
final class SmtplibTest {

    private static final long PATIENCE_SECONDS = 60;

    @TempDir Path directory;
    private Path sent;

    @BeforeEach
    void pythonIsThere() throws IOException {
        assumeThat(pythonRuns()).as("NOT RUN: no python3").isTrue();
        sent = Files.createDirectory(directory.resolve("sent"));
    }

    @Test
    void logsInAndSendsOnTheMxOfALoopbackListener() throws Exception {
        try (var server = new SmtpServer(directory.resolve("store"))) {
            var settings = SmtpSettings.mx(SmtpServer.HOSTNAME).withMxAuth(MxAuth.LOOPBACK);
            var address = server.listen(settings, PlainTextLogin.TLS_OR_LOOPBACK, TlsMode.NONE);
            run(address, "none");
            assertArrived(server, " with ESMTPA ");
        }
    }

    @Test
    void logsInUnderStartTlsAndSubmits() throws Exception {
        try (var server = new SmtpServer(directory.resolve("store"))) {
            var settings = SmtpSettings.submission(SmtpServer.HOSTNAME);
            run(server.listen(settings, PlainTextLogin.TLS, TlsMode.STARTTLS), "starttls");
            assertArrived(server, " with ESMTPSA ");
        }
    }

    @Test
    void logsInUnderImplicitTlsAndSubmits() throws Exception {
        try (var server = new SmtpServer(directory.resolve("store"))) {
            var settings = SmtpSettings.submission(SmtpServer.HOSTNAME);
            run(server.listen(settings, PlainTextLogin.TLS, TlsMode.IMPLICIT), "tls");
            assertArrived(server, " with ESMTPSA ");
        }
    }

    private void run(InetSocketAddress address, String security) throws Exception {
        var python =
                new ProcessBuilder(
                                "python3",
                                script().toString(),
                                "127.0.0.1",
                                Integer.toString(address.getPort()),
                                security,
                                sent.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(directory.resolve("log").toFile())
                        .start();
        boolean ended = python.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
        python.destroy();
        assertThat(Files.readString(directory.resolve("log"))).isEqualTo("all well\n");
        assertThat(ended).isTrue();
    }

    private void assertArrived(SmtpServer server, String with) throws IOException {
        var inbox = server.inbox(server.bob());
        assertThat(inbox).hasSize(3);
        for (int i = 0; i < inbox.size(); i++) {
            var file = sent.resolve(Integer.toString(i + 1));
            var expected = Files.readString(file, StandardCharsets.ISO_8859_1);
            assertThat(inbox.get(i).message()).as("message %d", i + 1).isEqualTo(expected);
            assertThat(inbox.get(i).traceFields())
                    .startsWith("Return-Path: <alice@example.test>\r\n")
                    .contains(with);
        }
    }

    private static Path script() throws URISyntaxException {
        return Path.of(SmtplibTest.class.getResource("/clients/smtplib_client.py").toURI());
    }

    private static boolean pythonRuns() {
        try {
            return new ProcessBuilder("python3", "-c", "import smtplib").start().waitFor() == 0;
        } catch (IOException | InterruptedException e) {
            return false;
        }
    }
}
