package org.postrider.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The server as a process: signals, exit codes, the screen of a demonstration.
@Timeout(120)
class ServerProcessTest {

    private static final String BOB = "bob@example.test";

    private static final int SIGTERM = 128 + 15;

    private static final List<String> FREE_PORTS =
            List.of(
                    "--postrider.listen.mx=127.0.0.1:0",
                    "--postrider.listen.submission=127.0.0.1:0",
                    "--postrider.listen.submissions=127.0.0.1:0",
                    "--postrider.listen.pop3=127.0.0.1:0",
                    "--postrider.listen.pop3s=127.0.0.1:0",
                    "--postrider.listen.imap=127.0.0.1:0",
                    "--postrider.listen.imaps=127.0.0.1:0",
                    "--server.port=0");

    @TempDir private Path directory;

    @Test
    void sigtermEndsItInOrderWithinSeconds() throws IOException, InterruptedException {
        try (var server = start(Map.of(), "serve")) {
            server.await("event=\"ready");
            var told = Instant.now();
            server.terminate();
            assertThat(server.exitCode()).isEqualTo(SIGTERM);
            assertThat(Duration.between(told, Instant.now())).isLessThan(Duration.ofSeconds(10));
            assertThat(server.everything())
                    .containsSubsequence("stopping: 0 connections", "stopped")
                    .doesNotContain("WARN", "ERROR", "Exception");
        }
    }

    @Test
    void aDemonstrationSaysWhatToPasteAndTheCommandsWork()
            throws IOException, InterruptedException {
        assumeThat(curlRuns()).as("NOT RUN: pasted commands: no curl").isTrue();
        var password = Map.of("POSTRIDER_DEMO_PASSWORD", "it's \"quoted\"");
        try (var server = start(password, "demo")) {
            var sent = run(server.await("smtp://"));
            assertThat(sent).isEmpty();
            assertThat(run(server.await("pop3://"))).contains("Subject: Hello", "Hello, Bob.");
            assertThat(run(server.await("imap://"))).contains("Subject: Hello", "Hello, Bob.");
            server.terminate();
            assertThat(server.exitCode()).isEqualTo(SIGTERM);
        }
    }

    @Test
    void theSecondDemonstrationFindsTheMailOfTheFirst() throws IOException, InterruptedException {
        try (var server = start(Map.of("POSTRIDER_DEMO_PASSWORD", "first"), "demo")) {
            MailTalk.deliver(address(server.await("(mx)"), "mx"), BOB, "Hello, Bob.");
            server.terminate();
            server.exitCode();
        }
        var second =
                Map.of(
                        "POSTRIDER_DEMO_PASSWORD", "second",
                        "POSTRIDER_DEMO_ACCOUNTS", "u%05d@bench.test:600,carol@example.test");
        try (var server = start(second, "demo")) {
            var pop3 = address(server.await("(pop3)"), "pop3");
            var imap = address(server.await("(imap)"), "imap");
            assertThat(server.await("accounts")).contains("and 601 more");
            assertThat(MailTalk.fetchByPop3(pop3, BOB, "second")).containsExactly("Hello, Bob.");
            assertThat(MailTalk.readByImap(imap, "u00599@bench.test", "second")).isEmpty();
        }
    }

    @Test
    void aWrongSettingIsOneScreenAndAnExitCode() throws IOException, InterruptedException {
        try (var server = start(Map.of(), "serve", "--postrider.listen.imap=143")) {
            assertThat(server.exitCode()).isEqualTo(1);
            assertThat(server.everything())
                    .isEqualTo(
                            """

                            Postrider cannot start.

                              postrider.listen.imap=143 is neither address:port nor off.
                              Fix: write address:port (127.0.0.1:143, [::1]:143, *:143 for every address), or off.
                            """);
        }
    }

    @Test
    void anUnknownCommandIsAnsweredWithTheUsage() throws IOException, InterruptedException {
        try (var server = ServerProcess.start(Map.of(), List.of("run"))) {
            assertThat(server.exitCode()).isEqualTo(2);
            assertThat(server.everything())
                    .startsWith("postrider: say what to do.")
                    .contains("usage:");
        }
    }

    private ServerProcess start(Map<String, String> environment, String... words)
            throws IOException {
        var settings =
                Stream.of(
                                Stream.of(words).limit(1),
                                FREE_PORTS.stream(),
                                Stream.of(
                                        "--postrider.data-dir=" + directory,
                                        "--postrider.password.memory=1MB"),
                                Stream.of(words).skip(1))
                        .flatMap(each -> each)
                        .toList();
        return ServerProcess.start(environment, settings);
    }

    /// Where a line of the screen says that a listener is.
    private static InetSocketAddress address(String line, String listener) {
        var place = Pattern.compile("(\\S+):(\\d+) \\(" + listener + "\\)").matcher(line);
        assertThat(place.find()).as(line).isTrue();
        return new InetSocketAddress(place.group(1), Integer.parseInt(place.group(2)));
    }

    private static boolean curlRuns() throws InterruptedException {
        try {
            return new ProcessBuilder("curl", "--version")
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }

    /// Runs a line as somebody does who pastes it, and gives what it prints.
    private static String run(String line) throws IOException, InterruptedException {
        var shell = new ProcessBuilder("sh", "-c", line.strip()).redirectErrorStream(true).start();
        shell.getOutputStream().close();
        var printed = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(shell.waitFor()).as(line + "\n" + printed).isZero();
        return printed;
    }
}
