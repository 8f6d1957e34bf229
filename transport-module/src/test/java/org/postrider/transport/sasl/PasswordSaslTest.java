package org.postrider.transport.sasl;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postrider.transport.Connection;
import org.postrider.transport.Conversation;
import org.postrider.transport.Farewell;
import org.postrider.transport.LineFault;
import org.postrider.transport.LineProtocol;
import org.postrider.transport.ListenerSettings;
import org.postrider.transport.Network;
import org.postrider.transport.TlsMode;
import org.postrider.transport.Transport;
import org.postrider.transport.TransportLimits;
import org.postrider.transport.sasl.SaslExchange.Step;
import org.postrider.transport.testing.TestClient;
import org.postrider.transport.testing.TestTls;

/// The exchanges of the mechanisms, and where they are offered, on real connections.
class PasswordSaslTest {

    private static final Identity TIM = new Identity(7, "tim");

    /// Knows `tim` with `tanstaaftanstaaf` (the example of RFC 4616 §4), `jürgen` with `grün`, and
    /// cannot decide about `later`.
    private static Authenticator.Verdict verify(String name, String password, Connection from) {
        return switch (name + "/" + password) {
            case "tim/tanstaaftanstaaf" -> new Authenticator.Verdict.Accepted(TIM);
            case "j\u00fcrgen/gr\u00fcn" ->
                    new Authenticator.Verdict.Accepted(new Identity(8, name));
            case "later/later" -> new Authenticator.Verdict.Unavailable();
            default -> new Authenticator.Verdict.Rejected();
        };
    }

    private static Sasl sasl(PlainTextLogin policy) {
        return new PasswordSasl(PasswordSaslTest::verify, policy);
    }

    @FunctionalInterface
    private interface OnConnection {
        void run(Connection connection);
    }

    /// Runs something on a connection in clear text from this machine.
    private static void here(OnConnection action) throws Exception {
        connected(TlsMode.NONE, "", action);
    }

    /// The same from elsewhere, as a trusted proxy says.
    private static void afar(OnConnection action) throws Exception {
        connected(TlsMode.NONE, "PROXY TCP4 192.0.2.1 192.0.2.25 1000 25\r\n", action);
    }

    private static void encrypted(OnConnection action) throws Exception {
        connected(TlsMode.IMPLICIT, "", action);
    }

    private static void connected(TlsMode tls, String before, OnConnection action)
            throws Exception {
        Waiting waiting = new Waiting();
        List<Network> proxies = before.isEmpty() ? List.of() : List.of(Network.parse("127.0.0.1"));
        InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try (Transport transport = Transport.start(TransportLimits.standard())) {
            InetSocketAddress address =
                    transport
                            .listen(
                                    new ListenerSettings(
                                            "sasl", any, waiting, tls, TestTls.keys(), proxies))
                            .address();
            try (TestClient client = TestClient.connect(address)) {
                client.send(before);
                if (tls == TlsMode.IMPLICIT) {
                    client.startTls();
                }
                action.run(Objects.requireNonNull(waiting.arrived.poll(20, TimeUnit.SECONDS)));
            }
        }
    }

    /// A protocol that says nothing.
    private static final class Waiting implements LineProtocol {
        private final BlockingQueue<Connection> arrived = new LinkedBlockingQueue<>();

        @Override
        public String name() {
            return "waiting";
        }

        @Override
        public Conversation converse(Connection connection) {
            return new Conversation() {
                @Override
                public void opened() {
                    arrived.add(connection);
                }

                @Override
                public void line(byte[] line) {}

                @Override
                public void refused(LineFault fault) {}

                @Override
                public void farewell(Farewell reason) {}

                @Override
                public void closed() {}
            };
        }
    }

    @Test
    void passwordsCrossNoOpenNetwork() throws Exception {
        here(connection -> {
            assertThat(sasl(PlainTextLogin.NEVER).mechanisms(connection)).isEmpty();
            assertThat(sasl(PlainTextLogin.TLS).mechanisms(connection)).isEmpty();
            assertThat(sasl(PlainTextLogin.TLS_OR_LOOPBACK).mechanisms(connection))
                    .containsExactly("PLAIN", "LOGIN");
        });
        afar(connection -> {
            Sasl sasl = sasl(PlainTextLogin.TLS_OR_LOOPBACK);
            assertThat(sasl.mechanisms(connection)).isEmpty();
            assertThat(sasl.passwordsAllowed(connection)).isFalse();
            assertThat(sasl.begin("PLAIN", connection)).isEmpty();
            assertThat(sasl.verify("tim", "tanstaaftanstaaf", connection))
                    .isEqualTo(new Authenticator.Verdict.Rejected());
        });
        encrypted(connection -> {
            assertThat(sasl(PlainTextLogin.NEVER).passwordsAllowed(connection)).isFalse();
            Sasl sasl = sasl(PlainTextLogin.TLS);
            assertThat(sasl.mechanisms(connection)).containsExactly("PLAIN", "LOGIN");
            assertThat(sasl.begin("CRAM-MD5", connection)).isEmpty();
            assertThat(sasl.verify("tim", "tanstaaftanstaaf", connection))
                    .isEqualTo(new Authenticator.Verdict.Accepted(TIM));
        });
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void assertPlain(byte[] response, Step expected) throws Exception {
        here(connection ->
                assertThat(exchange("plain", connection).respond(response)).isEqualTo(expected));
    }

    private static SaslExchange exchange(String mechanism, Connection connection) {
        return sasl(PlainTextLogin.TLS_OR_LOOPBACK).begin(mechanism, connection).orElseThrow();
    }

    @Test
    void plainIsTheExampleOfItsStandard() throws Exception {
        assertPlain(utf8("\0tim\0tanstaaftanstaaf"), new Step.Success(TIM));
        assertPlain(utf8("tim\0tim\0tanstaaftanstaaf"), new Step.Success(TIM));
        assertPlain(utf8("Ursel\0tim\0tanstaaftanstaaf"), new Step.Rejected());
        assertPlain(utf8("\0tim\0wrong"), new Step.Rejected());
        assertPlain(utf8("\0later\0later"), new Step.Unavailable());
        assertPlain(
                utf8("\0j\u00fcrgen\0gr\u00fcn"), new Step.Success(new Identity(8, "j\u00fcrgen")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\0",
                "\0\0",
                "tim",
                "\0tim",
                "\0tim\0",
                "\0\0tanstaaftanstaaf",
                "tim\0tanstaaftanstaaf",
                "\0tim\0tanstaaf\0tanstaaf"
            })
    void plainIsThreePartsAndTwoOfThemAreNotEmpty(String response) throws Exception {
        assertPlain(utf8(response), new Step.Malformed());
    }

    @Test
    void namesAndPasswordsAreUtf8OfSomeLength() throws Exception {
        assertPlain(new byte[] {0, 't', 'i', 'm', 0, (byte) 0xfc}, new Step.Malformed());
        assertPlain(new byte[] {0, (byte) 0xc0, (byte) 0xae, 0, 'x'}, new Step.Malformed());
        assertPlain(new byte[] {(byte) 0xff, 0, 't', 0, 'x'}, new Step.Malformed());
        assertPlain(utf8("\0" + "n".repeat(1024) + "\0" + "p".repeat(1024)), new Step.Rejected());
        assertPlain(utf8("\0" + "n".repeat(1025) + "\0p"), new Step.Malformed());
        assertPlain(utf8("\0n\0" + "p".repeat(1025)), new Step.Malformed());
    }

    @Test
    void plainWithoutAnInitialResponseIsAskedForIt() throws Exception {
        here(connection ->
                assertThat(exchange("PLAIN", connection).begin())
                        .isInstanceOfSatisfying(
                                Step.Challenge.class, c -> assertThat(c.octets()).isEmpty()));
    }

    @Test
    void loginAsksForNameAndPassword() throws Exception {
        here(connection -> {
            SaslExchange asked = exchange("LOGIN", connection);
            assertChallenge(asked.begin(), "Username:");
            assertChallenge(asked.respond(utf8("tim")), "Password:");
            assertThat(asked.respond(utf8("tanstaaftanstaaf"))).isEqualTo(new Step.Success(TIM));

            SaslExchange named = exchange("login", connection);
            assertChallenge(named.respond(utf8("tim")), "Password:");
            assertThat(named.respond(utf8("wrong"))).isEqualTo(new Step.Rejected());

            SaslExchange empty = exchange("LOGIN", connection);
            assertThat(empty.respond(new byte[0])).isEqualTo(new Step.Malformed());

            SaslExchange noPassword = exchange("LOGIN", connection);
            assertChallenge(noPassword.respond(utf8("tim")), "Password:");
            assertThat(noPassword.respond(utf8("a\0b"))).isEqualTo(new Step.Malformed());
        });
    }

    private static void assertChallenge(Step step, String text) {
        assertThat(step)
                .isInstanceOfSatisfying(
                        Step.Challenge.class,
                        challenge -> assertThat(challenge.octets()).isEqualTo(utf8(text)));
    }
}
