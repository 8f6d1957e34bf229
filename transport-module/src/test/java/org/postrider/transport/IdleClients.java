package org.postrider.transport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.postrider.transport.testing.TestClient;

/// Many clients that are greeted and then say nothing, in a process of their own: one process may
/// not have descriptors enough for both ends.
final class IdleClients {

    /// How many connect at once.
    private static final int CROWD = 64;

    private IdleClients() {}

    /// Arguments: the port, how many, and whether under TLS. Prints a line when all are greeted,
    /// and ends when standard input does.
    public static void main(String[] arguments) throws Exception {
        InetSocketAddress server =
                new InetSocketAddress(
                        InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[0]));
        int count = Integer.parseInt(arguments[1]);
        boolean tls = Boolean.parseBoolean(arguments[2]);
        Semaphore crowd = new Semaphore(CROWD);
        List<Thread> threads = new ArrayList<>();
        TestClient[] clients = new TestClient[count];
        for (int i = 0; i < count; i++) {
            int number = i;
            crowd.acquire();
            threads.add(
                    Thread.startVirtualThread(() -> {
                        clients[number] = greeted(server, tls);
                        crowd.release();
                    }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        System.out.println("greeted");
        while (System.in.read() >= 0) {
            // until the test is done
        }
        for (TestClient client : clients) {
            client.close();
        }
    }

    private static TestClient greeted(InetSocketAddress server, boolean tls) {
        try {
            TestClient client = tls ? TestClient.connectTls(server) : TestClient.connect(server);
            if (!client.line().equals("hello")) {
                throw new IllegalStateException("not greeted");
            }
            return client;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
