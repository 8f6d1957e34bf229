package org.postrider.transport;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/// A protocol that does one thing for everything a [Connection] can do, and notes every call.
final class EchoProtocol implements LineProtocol {

    static final int LINE_LIMIT = 100;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Duration idle;
    private final List<String> calls = new ArrayList<>();
    private final BlockingQueue<Connection> connections = new LinkedBlockingQueue<>(10);
    private final AtomicLong filled = new AtomicLong();
    private final CountDownLatch gate = new CountDownLatch(1);

    EchoProtocol(Duration idle) {
        this.idle = idle;
    }

    EchoProtocol() {
        this(Duration.ofMinutes(5));
    }

    /// Every call of every conversation, in order.
    synchronized List<String> calls() {
        return List.copyOf(calls);
    }

    private synchronized void called(String call) {
        calls.add(call);
        notifyAll();
    }

    /// Waits until there was such a call, so many times.
    synchronized void awaitCall(String call, int times) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (Collections.frequency(calls, call) < times) {
            long left = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
            if (left <= 0) {
                throw new AssertionError("no " + call + " among " + calls);
            }
            wait(left);
        }
    }

    void awaitCall(String call) throws InterruptedException {
        awaitCall(call, 1);
    }

    /// The next of the first connections that a conversation was asked for.
    NettyConnection connection() throws InterruptedException {
        Connection next = connections.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        return (NettyConnection) Objects.requireNonNull(next, "no connection came");
    }

    /// How many octets FILL has written.
    long filled() {
        return filled.get();
    }

    /// Lets every WAIT go on.
    void open() {
        gate.countDown();
    }

    @Override
    public String name() {
        return "echo";
    }

    @Override
    public Conversation converse(Connection connection) {
        boolean _ = connections.offer(connection);
        connection.expect(LINE_LIMIT, idle);
        return new Echo(connection);
    }

    private final class Echo implements Conversation {

        private final Connection connection;

        Echo(Connection connection) {
            this.connection = connection;
        }

        private void say(String line) throws IOException {
            connection.write(line + "\r\n");
        }

        @Override
        public void opened() throws IOException {
            called("opened");
            say("hello");
        }

        @Override
        public void line(byte[] line) throws IOException {
            String text = new String(line, StandardCharsets.UTF_8);
            called("line " + text);
            String[] words = text.split(" ", 2);
            String rest = words.length > 1 ? words[1] : "";
            switch (words[0]) {
                case "ECHO" -> say(rest);
                case "WHO" ->
                        say(
                                connection.remoteAddress().getAddress().getHostAddress()
                                        + " "
                                        + connection.tls().map(TlsInfo::protocol).orElse("clear"));
                case "WHERE" -> say(connection.localAddress().toString());
                case "STARTTLS" -> startTls();
                case "ASK" -> ask();
                case "LITERAL" -> literal(Long.parseLong(rest));
                case "SKIP" -> skip(Long.parseLong(rest));
                case "LEAK" -> connection.readOctets(Long.parseLong(rest));
                case "DATA" -> data();
                case "FILL" -> fill(Long.parseLong(rest));
                case "WAIT" -> {
                    gate();
                    say("waited");
                }
                case "BREAK" -> throw new IllegalStateException("asked to break");
                case "GONE" -> throw new IOException("asked to be gone");
                case "NEWS" -> connection.execute(() -> say("news"));
                case "QUIT" -> {
                    say("bye");
                    connection.close();
                }
                default -> say("what?");
            }
        }

        private void startTls() throws IOException {
            if (!connection.canStartTls()) {
                say("no TLS");
            } else if (!connection.startTls("go on\r\n")) {
                say("something followed");
                connection.close();
            }
        }

        private void ask() throws IOException {
            say("and?");
            try {
                say("heard " + new String(connection.readLine(), StandardCharsets.UTF_8));
            } catch (LineRefused e) {
                say("refused " + e.fault());
            }
        }

        private void literal(long count) throws IOException {
            say("go on");
            try (InputStream octets = connection.readOctets(count)) {
                say("got " + octets.readAllBytes().length);
            }
        }

        private void skip(long count) throws IOException {
            try (InputStream octets = connection.readOctets(count)) {
                say("first " + octets.read());
            }
        }

        private void data() throws IOException {
            say("go on");
            try (DotStream message = connection.readDotted()) {
                String text = new String(message.readAllBytes(), StandardCharsets.ISO_8859_1);
                called("data " + text);
                say(
                        "got "
                                + text.length()
                                + " "
                                + message.fault().map(LineFault::name).orElse("fine"));
            }
        }

        private void gate() {
            try {
                gate.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        /// Sends that many octets.
        private void fill(long count) throws IOException {
            byte[] block = new byte[1000];
            for (long sent = 0; sent < count; sent += block.length) {
                int part = (int) Math.min(block.length, count - sent);
                connection.write(block, 0, part);
                filled.addAndGet(part);
            }
        }

        @Override
        public void refused(LineFault fault) throws IOException {
            called("refused " + fault);
            say("refused " + fault);
        }

        @Override
        public void farewell(Farewell reason) throws IOException {
            called("farewell " + reason);
            say("farewell " + reason);
        }

        @Override
        public void closed() {
            called("closed");
        }
    }
}
