package org.postrider.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.postrider.transport.testing.TestClient;
import org.postrider.transport.testing.TestTls;

/// Many clients at once that do anything and leave in any way: nothing of them may stay behind.
class RandomClientsTest {

    private static final int CLIENTS = 200;
    private static final Duration PATIENCE = Duration.ofMillis(500);
    private static final Duration HANDSHAKE = Duration.ofSeconds(5);
    private static final Duration LAST = Duration.ofSeconds(20);
    private static final List<String> SAID =
            List.of(
                    "ECHO x\r\n",
                    "LITERAL 10\r\n0123456789",
                    "LITERAL 100000\r\n01234",
                    "DATA\r\none\r\n.\r\n",
                    "DATA\r\ntwo\r\n.\r",
                    "ASK\r\nanswer\r\n",
                    "ASK\r\n",
                    "FILL 3000000\r\n",
                    "NEWS\r\n",
                    "GONE\r\n",
                    "QUIT\r\n",
                    "STARTTLS\r\n",
                    "\0\r\n",
                    "x".repeat(3000),
                    "\r",
                    "\n");

    @ParameterizedTest
    @EnumSource(TlsMode.class)
    void leaveNothingBehind(TlsMode tls) throws Exception {
        long seed = new Random().nextLong();
        System.out.println("seed " + seed);
        Ends ends = new Ends();
        TransportLimits limits =
                TransportLimits.standard()
                        .withConnections(200, 30)
                        .withTimeouts(PATIENCE, HANDSHAKE, HANDSHAKE);
        try (Transport transport = Transport.start(limits)) {
            InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
            Listener listener =
                    transport.listen(
                            new ListenerSettings("random", any, ends, tls, TestTls.keys()));
            List<Thread> clients = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                Random random = new Random(seed + i);
                clients.add(Thread.startVirtualThread(() -> visit(listener, random)));
            }
            for (Thread client : clients) {
                client.join();
            }
            long since = System.nanoTime();
            while (transport.admission().free() < 200
                    && System.nanoTime() - since < LAST.toNanos()) {
                Thread.onSpinWait(); // until the server has seen the last of them off
            }
            assertThat(transport.admission().free()).as("seed %d", seed).isEqualTo(200);
            assertThat(transport.admission().addresses()).as("seed %d", seed).isZero();
            assertThat(transport.connections()).as("seed %d", seed).isZero();
        }
        assertThat(ends.opened.get()).as("seed %d", seed).isPositive().isEqualTo(ends.closed.get());
    }

    private static void visit(Listener listener, Random random) {
        try (TestClient client =
                TestClient.connect(listener.address(), "127.0.0." + (1 + random.nextInt(20)))) {
            if (listener.tls() == TlsMode.IMPLICIT && random.nextInt(10) > 0) {
                client.startTls();
            }
            for (int i = random.nextInt(12); i > 0; i--) {
                client.send(SAID.get(random.nextInt(SAID.size())));
                if (random.nextInt(6) == 0) {
                    client.octets(1 + random.nextInt(20));
                }
            }
            switch (random.nextInt(4)) {
                case 0 -> client.reset();
                case 1 -> client.finish();
                case 2 -> client.octets(random.nextInt(1000));
                default -> client.send("QUIT\r\n").line();
            }
        } catch (IOException e) {
            // The server may have closed at any moment; what counts is what it keeps.
        }
    }

    /// Counts how conversations begin and end.
    private static final class Ends implements LineProtocol {
        private final EchoProtocol echo = new EchoProtocol(PATIENCE);
        private final AtomicInteger opened = new AtomicInteger();
        private final AtomicInteger closed = new AtomicInteger();

        @Override
        public String name() {
            return "random";
        }

        @Override
        public Conversation converse(Connection connection) {
            opened.incrementAndGet();
            Conversation inner = echo.converse(connection);
            return new Conversation() {
                @Override
                public void opened() throws IOException {
                    inner.opened();
                }

                @Override
                public void line(byte[] line) throws IOException {
                    inner.line(line);
                }

                @Override
                public void refused(LineFault fault) throws IOException {
                    inner.refused(fault);
                }

                @Override
                public void farewell(Farewell reason) throws IOException {
                    inner.farewell(reason);
                }

                @Override
                public void closed() {
                    inner.closed();
                    closed.incrementAndGet();
                }
            };
        }
    }
}
