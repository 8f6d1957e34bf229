package org.postrider.app;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The server as a process of its own, as the launcher starts it.
public final class ServerProcess implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Process process;
    private final List<String> lines = new ArrayList<>();
    private int awaited;
    private boolean saidAll;

    private ServerProcess(Process process, Duration patience) {
        this.process = process;
        Thread.ofVirtual().start(this::listen);
        Thread.ofVirtual().start(() -> endWhenPatienceDoes(patience));
    }

    /// What is run.
    public enum Program {
        SERVER(Postrider.class),
        /// [RestlessServer]
        RESTLESS_SERVER(RestlessServer.class);

        private final Class<?> main;

        Program(Class<?> main) {
            this.main = main;
        }

        private String classPath() {
            var all = System.getProperty("java.class.path");
            return this == SERVER ? withoutTests(all) : all;
        }

        /// What the server is made of, without what only tests have (another layout of the log).
        private static String withoutTests(String classPath) {
            return Stream.of(classPath.split(File.pathSeparator, -1))
                    .filter(entry -> !entry.contains("test-classes"))
                    .filter(entry -> !entry.endsWith("-tests.jar"))
                    .collect(Collectors.joining(File.pathSeparator));
        }
    }

    static ServerProcess start(Map<String, String> environment, List<String> words)
            throws IOException {
        return start(Program.SERVER, PATIENCE, environment, words);
    }

    /// Starts a server.
    ///
    /// @param patience after which it is killed
    public static ServerProcess start(
            Program program, Duration patience, Map<String, String> environment, List<String> words)
            throws IOException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        command.addAll(List.of("-cp", program.classPath()));
        command.add(program.main.getName());
        command.addAll(words);
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        return new ServerProcess(builder.start(), patience);
    }

    /// A server that says nothing more would keep the test waiting for its next line.
    private void endWhenPatienceDoes(Duration patience) {
        if (!endsWithin(patience)) {
            kill();
        }
    }

    // ---- what it prints

    private void listen() {
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            output.lines().forEach(this::hear);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            hearTheEnd();
        }
    }

    private synchronized void hear(String line) {
        lines.add(line);
        notifyAll();
    }

    private synchronized void hearTheEnd() {
        saidAll = true;
        notifyAll();
    }

    /// Waits for the next line that holds this text.
    public synchronized String await(String text) {
        while (true) {
            waitUntil(() -> awaited < lines.size() || saidAll);
            if (awaited == lines.size()) {
                throw new AssertionError("no '" + text + "' in\n" + String.join("\n", lines));
            }
            var line = lines.get(awaited++);
            if (line.contains(text)) {
                return line;
            }
        }
    }

    /// What the server printed, to its end.
    public synchronized String everything() {
        waitUntil(() -> saidAll);
        return String.join("\n", lines);
    }

    private synchronized void waitUntil(BooleanSupplier met) {
        try {
            while (!met.getAsBoolean()) {
                wait();
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts this thread", e);
        }
    }

    // ---- its end

    /// Sends SIGTERM.
    public void terminate() {
        process.toHandle().destroy();
    }

    /// Sends SIGKILL; what it has printed can still be read.
    public void kill() {
        process.toHandle().destroyForcibly();
    }

    /// Waits for the end, so long.
    ///
    /// @return whether it came
    public boolean endsWithin(Duration time) {
        try {
            return process.waitFor(time);
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts this thread", e);
        }
    }

    public int exitCode() {
        if (!endsWithin(PATIENCE)) {
            throw new AssertionError("the server does not end");
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        kill();
    }
}
