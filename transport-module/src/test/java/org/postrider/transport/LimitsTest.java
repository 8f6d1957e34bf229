package org.postrider.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.postrider.transport.testing.TestClient;
import org.postrider.transport.testing.TestTls;

class LimitsTest {

    private static final String REFUSED = "farewell TOO_MANY_CONNECTIONS";

    private static TestClient greeted(TestClient client) throws IOException {
        assertThat(client.line()).isEqualTo("hello");
        return client;
    }

    private static void assertRefused(TestClient client) throws IOException {
        try (client) {
            assertThat(client.line()).isEqualTo(REFUSED);
            assertThat(client.isClosed()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = TlsMode.class,
            names = {"NONE", "IMPLICIT"})
    void oneAddressHasSoManyConnections(TlsMode tls) throws Exception {
        TransportLimits limits = TransportLimits.standard().withConnections(100, 2);
        try (EchoStage stage = new EchoStage(limits, new EchoProtocol(), tls)) {
            TestClient first = greeted(client(stage, "127.0.0.3"));
            TestClient second = greeted(client(stage, "127.0.0.3"));
            assertRefused(client(stage, "127.0.0.3"));
            try (TestClient elsewhere = greeted(client(stage, "127.0.0.4"))) {
                elsewhere.sendLine("QUIT");
                assertThat(elsewhere.line()).isEqualTo("bye");
                assertThat(elsewhere.isClosed()).isTrue();
            }
            first.sendLine("QUIT");
            assertThat(first.line()).isEqualTo("bye");
            assertThat(first.isClosed()).isTrue();
            TestClient third = greeted(client(stage, "127.0.0.3"));
            for (TestClient client : List.of(first, second, third)) {
                client.close();
            }
            stage.transport().close();
            assertThat(stage.transport().admission().addresses())
                    .as("addresses remembered")
                    .isZero();
            assertThat(stage.protocol().calls()).contains(REFUSED).endsWith("closed");
        }
    }

    private static TestClient client(EchoStage stage, String from) throws IOException {
        TestClient client = TestClient.connect(stage.address(), from);
        if (stage.listener().tls() == TlsMode.IMPLICIT) {
            client.startTls();
        }
        return client;
    }

    @Test
    void anIpv6NetworkIsOneClientAndTheProxyIsNone() throws Exception {
        TransportLimits limits = TransportLimits.standard().withConnections(100, 1);
        try (EchoStage stage =
                new EchoStage(
                        limits,
                        new EchoProtocol(),
                        TlsMode.NONE,
                        TestTls.keys(),
                        List.of(Network.parse("127.0.0.1")))) {
            try (TestClient one = greeted(proxied(stage, "2001:db8:0:1::1"));
                    TestClient neighbour = greeted(proxied(stage, "2001:db8:0:2::1"))) {
                assertRefused(proxied(stage, "2001:db8:0:1:ffff::2"));
                neighbour.sendLine("WHO");
                assertThat(neighbour.line()).isEqualTo("2001:db8:0:2:0:0:0:1 clear");
                one.sendLine("ECHO still here");
                assertThat(one.line()).isEqualTo("still here");
            }
        }
    }

    private static TestClient proxied(EchoStage stage, String from) throws IOException {
        return TestClient.connect(stage.address())
                .send("PROXY TCP6 " + from + " 2001:db8::25 1000 25\r\n");
    }

    @Test
    void theServerHasSoManyConnectionsOverAllListeners() throws Exception {
        TransportLimits limits = TransportLimits.standard().withConnections(3, 100);
        List<TestClient> clients = new ArrayList<>();
        try (EchoStage stage = new EchoStage(limits)) {
            Listener second =
                    stage.transport()
                            .listen(
                                    new ListenerSettings(
                                            "second",
                                            stage.address("127.0.0.2"),
                                            stage.protocol(),
                                            TlsMode.NONE,
                                            null));
            for (Listener listener : List.of(stage.listener(), second, second)) {
                clients.add(greeted(TestClient.connect(listener.address())));
            }
            assertThat(stage.listener().connections()).isEqualTo(1);
            assertThat(second.connections()).isEqualTo(2);
            assertThat(stage.transport().connections()).isEqualTo(3);
            assertRefused(TestClient.connect(stage.address()));
            for (TestClient client : clients) {
                client.close();
            }
            stage.protocol().awaitCall("closed", 4);
        }
    }

    @Test
    void aLimitIsPositive() {
        assertThatThrownBy(() -> TransportLimits.standard().withDrain(Duration.ZERO))
                .hasMessage("drain must be positive, not PT0S");
        assertThatThrownBy(() -> TransportLimits.standard().withConnections(0, 1))
                .hasMessage("connections must be positive, not 0");
    }
}
