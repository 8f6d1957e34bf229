package org.postrider.app.kill;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.postrider.app.ServerProcess;
import org.postrider.app.ServerProcess.Program;

/// A server as a process of its own, until it is killed.
final class KilledServer implements AutoCloseable {

    static final String PASSWORD = "secret";

    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Duration PATIENCE_WITH_CHECK = Duration.ofMinutes(2);
    private static final Duration LOOK = Duration.ofMillis(5);

    private final ServerProcess process;
    private final Path data;
    private final String ready;
    private final AtomicInteger changes = new AtomicInteger();
    private volatile boolean killed;
    private volatile boolean disturbed;

    private KilledServer(ServerProcess process, Path data, String ready) {
        this.process = process;
        this.data = data;
        this.ready = ready;
    }

    /// Starts it, and returns when it is ready.
    static KilledServer start(Program program, Path data, List<String> words) throws IOException {
        var process = launch(program, words);
        try {
            return new KilledServer(process, data, process.await("ready after"));
        } catch (AssertionError e) {
            process.close();
            throw e;
        }
    }

    /// Starts it, and returns at once.
    static ServerProcess launch(Program program, List<String> words) throws IOException {
        return ServerProcess.start(program, PATIENCE, Map.of(), words);
    }

    InetSocketAddress listener(String name) {
        return new InetSocketAddress(
                InetAddress.getLoopbackAddress(), number(name + " 127\\.0\\.0\\.1:(\\d+)"));
    }

    /// How long it took to be ready.
    Duration startedWithin() {
        return Duration.ofMillis(number("ready after (\\d+) ms"));
    }

    private int number(String pattern) {
        var found = Pattern.compile("\\b" + pattern).matcher(ready);
        assertThat(found.find()).as(ready).isTrue();
        return Integer.parseInt(found.group(1));
    }

    /// A change was acknowledged.
    void acknowledged() {
        changes.incrementAndGet();
    }

    /// How many.
    int changes() {
        return changes.get();
    }

    /// Waits until so many changes were acknowledged, and a little longer.
    ///
    /// @param most how long at most, however slow the server is
    void live(int acknowledgements, Duration longer, Duration most) {
        long end = System.nanoTime() + most.toNanos();
        int enough = changes.get() + acknowledgements;
        while (changes.get() < enough && System.nanoTime() < end) {
            assertLives(LOOK);
        }
        assertLives(longer);
    }

    private void assertLives(Duration time) {
        assertThat(process.endsWithin(time)).as("the server ended by itself").isFalse();
    }

    /// Something it needs is about to fail.
    void disturb() {
        disturbed = true;
    }

    /// Whether it may say that it cannot do something now.
    boolean isDisturbed() {
        return disturbed;
    }

    boolean isKilled() {
        return killed;
    }

    /// SIGKILL.
    ///
    /// @return what it had printed
    String kill() {
        killed = true;
        process.kill();
        return process.everything();
    }

    /// SIGTERM, and waits for the end.
    ///
    /// @return what it had printed
    String stop() {
        killed = true;
        process.terminate();
        return process.everything();
    }

    /// Asks the server to look at everything it has.
    void assertChecksClean() throws IOException, InterruptedException {
        var token = Files.readString(data.resolve("admin.token")).strip();
        var uri = URI.create("http://127.0.0.1:" + number("http (\\d+)") + "/api/v1/check");
        var request =
                HttpRequest.newBuilder(uri)
                        .timeout(PATIENCE_WITH_CHECK)
                        .header("Authorization", "Bearer " + token)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString("{\"deep\":true}"))
                        .build();
        try (var http = HttpClient.newHttpClient()) {
            var answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            assertThat(answer.body()).contains("\"clean\":true");
        }
    }

    @Override
    public void close() {
        process.close();
    }
}
