package org.postrider.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.BindException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.postrider.transport.testing.TestClient;

class ShutdownTest {

    private static TestClient client(EchoStage stage) throws IOException {
        TestClient client = TestClient.connect(stage.address());
        assertThat(client.line()).isEqualTo("hello");
        return client;
    }

    @Test
    void theIdleAreToldAtOnceAndARunningCommandFinishes() throws Exception {
        try (EchoStage stage = new EchoStage();
                TestClient idle = client(stage);
                TestClient busy = client(stage)) {
            busy.sendLine("WAIT").sendLine("ECHO not any more");
            stage.protocol().awaitCall("line WAIT");
            Thread closing = Thread.startVirtualThread(stage::close);
            assertThat(idle.line()).isEqualTo("farewell SHUTDOWN");
            assertThat(idle.isClosed()).isTrue();
            // The kernel may take a connection until the selector lets go of the socket; nobody
            // greets it.
            assertThatThrownBy(() -> client(stage)).isInstanceOf(IOException.class);

            stage.protocol().open();
            assertThat(busy.line()).isEqualTo("waited");
            assertThat(busy.line()).isEqualTo("farewell SHUTDOWN");
            assertThat(busy.isClosed()).isTrue();
            assertThat(closing.join(Duration.ofSeconds(20))).isTrue();
            assertThat(stage.protocol().calls())
                    .endsWith("closed")
                    .doesNotContain("line ECHO not any more");
        }
    }

    @Test
    void whatDoesNotFinishInTimeIsClosed() throws Exception {
        TransportLimits limits = TransportLimits.standard().withDrain(Duration.ofMillis(200));
        try (EchoStage stage = new EchoStage(limits);
                TestClient stuck = client(stage);
                TestClient reader = client(stage)) {
            stuck.sendLine("LITERAL 1000");
            assertThat(stuck.line()).isEqualTo("go on");
            reader.sendLine("FILL 1000000000");
            reader.octets(1000);
            long since = System.nanoTime();
            stage.transport().close();
            assertThat(Duration.ofNanos(System.nanoTime() - since))
                    .isLessThan(Duration.ofSeconds(10));
            assertThat(stage.protocol().calls().stream().filter("closed"::equals)).hasSize(2);
            assertThat(stuck.isClosed()).isTrue();
        }
    }

    /// The clients do not wait for the greeting, so the shutdown meets conversations that have not
    /// begun.
    @Test
    void aConversationEitherEndsBeforeTheShutdownOrNeverBegins() throws Exception {
        for (int round = 0; round < 30; round++) {
            List<TestClient> clients = new ArrayList<>();
            try (EchoStage stage = new EchoStage()) {
                for (int i = 0; i < 4; i++) {
                    clients.add(TestClient.connect(stage.address()));
                }
                stage.transport().close();
                List<String> calls = stage.protocol().calls();
                assertThat(calls.stream().filter("closed"::equals).count())
                        .isEqualTo(calls.stream().filter("opened"::equals).count());
            } finally {
                for (TestClient client : clients) {
                    client.close();
                }
            }
        }
    }

    @Test
    void closingAListenerKeepsItsConnections() throws Exception {
        try (EchoStage stage = new EchoStage();
                TestClient client = client(stage)) {
            assertThat(stage.listener().isBound()).isTrue();
            stage.listener().close();
            assertThat(stage.listener().isBound()).isFalse();
            client.sendLine("ECHO still here");
            assertThat(client.line()).isEqualTo("still here");
        }
    }

    @Test
    void aTakenPortIsNamed() throws Exception {
        try (EchoStage stage = new EchoStage()) {
            ListenerSettings taken =
                    new ListenerSettings(
                            "imap",
                            stage.address(),
                            new EchoProtocol(),
                            TlsMode.NONE,
                            null,
                            List.of());
            assertThatThrownBy(() -> stage.transport().listen(taken))
                    .isInstanceOf(BindException.class)
                    .hasMessageContaining("127.0.0.1:" + stage.address().getPort())
                    .hasMessageContaining("imap")
                    .hasMessageContaining("in use");
        }
    }
}
