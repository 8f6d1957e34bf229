package org.postrider.transport.sasl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.ExtendedSSLSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postrider.transport.Connection;
import org.postrider.transport.Conversation;
import org.postrider.transport.Farewell;
import org.postrider.transport.LineFault;
import org.postrider.transport.LineProtocol;
import org.postrider.transport.ListenerSettings;
import org.postrider.transport.TlsMode;
import org.postrider.transport.Transport;
import org.postrider.transport.TransportLimits;
import org.postrider.transport.testing.ScramClient;
import org.postrider.transport.testing.TestClient;
import org.postrider.transport.testing.TestTls;

/// SCRAM over real connections, in the lines that the protocols share.
class ScramTlsTest {

    private static final InetSocketAddress ANY =
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    private final ScramAccounts accounts = new ScramAccounts();
    private final Scram scram =
            new Scram(accounts, new ScramDecoys(new byte[32]), new SecureRandom());
    private Transport transport;

    @BeforeEach
    void start() throws IOException {
        transport = Transport.start(TransportLimits.standard());
    }

    @AfterEach
    void stop() {
        transport.close();
    }

    private InetSocketAddress listen(TlsMode tls, PlainTextLogin policy) throws IOException {
        var sasl =
                new PasswordSasl(
                        (name, password, _) -> new Authenticator.Verdict.Rejected(), policy, scram);
        return transport
                .listen(new ListenerSettings("sasl", ANY, new Logins(sasl), tls, TestTls.keys()))
                .address();
    }

    private TestClient encrypted(String version) throws IOException {
        var client = TestClient.connect(listen(TlsMode.IMPLICIT, PlainTextLogin.TLS));
        client.startTls(TestTls.trusting(TestTls.certificate(), version));
        assertThat(client.line()).isEqualTo("SCRAM-SHA-256-PLUS SCRAM-SHA-256 PLAIN LOGIN");
        return client;
    }

    /// Greets with what is offered, and takes each line for a mechanism to log in by.
    private record Logins(Sasl sasl) implements LineProtocol {

        @Override
        public String name() {
            return "logins";
        }

        @Override
        public Conversation converse(Connection connection) {
            return new Conversation() {
                @Override
                public void opened() throws IOException {
                    say(String.join(" ", sasl.mechanisms(connection)));
                }

                @Override
                public void line(byte[] line) throws IOException {
                    var mechanism = new String(line, StandardCharsets.US_ASCII);
                    var exchange = sasl.begin(mechanism, connection);
                    say(
                            exchange.isEmpty()
                                    ? "not offered"
                                    : SaslDialogue.run(exchange.get(), Optional.empty(), this::ask)
                                            .toString());
                }

                private byte[] ask(String challenge) throws IOException {
                    say("+" + challenge);
                    return connection.readLine();
                }

                private void say(String line) throws IOException {
                    connection.write(line + "\r\n");
                }

                @Override
                public void refused(LineFault fault) {}

                @Override
                public void farewell(Farewell reason) {}

                @Override
                public void closed() {}
            };
        }
    }

    private static final String LOGGED_IN =
            new SaslDialogue.Result.LoggedIn(ScramAccounts.identity("user")).toString();
    private static final String REJECTED = new SaslDialogue.Result.Rejected().toString();

    private static String challenge(TestClient client) throws IOException {
        var line = client.line();
        assertThat(line).startsWith("+");
        return new String(Base64.getDecoder().decode(line.substring(1)), StandardCharsets.UTF_8);
    }

    private static void respond(TestClient client, String message) throws IOException {
        client.sendLine(
                Base64.getEncoder().encodeToString(message.getBytes(StandardCharsets.UTF_8)));
    }

    /// As far as the server's last message.
    private static ScramClient.Final prove(
            TestClient client, String mechanism, ScramClient messages) throws Exception {
        client.sendLine(mechanism);
        assertThat(challenge(client)).isEmpty();
        respond(client, messages.first());
        var last = messages.last(challenge(client));
        respond(client, last.message());
        return last;
    }

    private static ScramClient bound(String type, byte[] octets) {
        return new ScramClient("p=" + type + ",,", octets, "user", "pencil", "clients");
    }

    private static byte[] exported(TestClient client) throws Exception {
        return ((ExtendedSSLSession) client.session())
                .exportKeyingMaterialData("EXPORTER-Channel-Binding", new byte[0], 32);
    }

    private static byte[] certificateHash(TestClient client) throws Exception {
        return MessageDigest.getInstance("SHA-256")
                .digest(client.session().getPeerCertificates()[0].getEncoded());
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void aLoginIsBoundToTheSessionOrToTheCertificate(String version) throws Exception {
        try (var client = encrypted(version)) {
            for (var messages :
                    List.of(
                            bound("tls-exporter", exported(client)),
                            bound("tls-server-end-point", certificateHash(client)))) {
                var last = prove(client, "SCRAM-SHA-256-PLUS", messages);
                assertThat(challenge(client)).isEqualTo(last.signature());
                client.sendLine("");
                assertThat(client.line()).isEqualTo(LOGGED_IN);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void aLoginIsWorthNothingInAnotherSession(String version) throws Exception {
        try (var client = encrypted(version);
                var between = encrypted(version)) {
            prove(between, "scram-sha-256-plus", bound("tls-exporter", exported(client)));
            assertThat(challenge(between)).isEqualTo("e=channel-bindings-dont-match");
            between.sendLine("");
            assertThat(between.line()).isEqualTo(REJECTED);
            assertThat(accounts.conclusions()).isEmpty();
        }
    }

    @Test
    void whoIsToldThatItIsOverCannotGiveUp() throws Exception {
        try (var client = encrypted("TLSv1.3")) {
            prove(client, "SCRAM-SHA-256", new ScramClient("n,,", "user", "wrong", "clients"));
            assertThat(challenge(client)).isEqualTo("e=invalid-proof");
            client.sendLine("*");
            assertThat(client.line()).isEqualTo(REJECTED);
            assertThat(accounts.conclusions()).containsExactly("user false");
        }
    }

    @Test
    void aClientMayBeDissatisfiedWithTheServersProof() throws Exception {
        try (var client = encrypted("TLSv1.3")) {
            prove(client, "SCRAM-SHA-256", new ScramClient("n,,", "user", "pencil", "clients"));
            assertThat(challenge(client)).startsWith("v=");
            client.sendLine("*");
            assertThat(client.line()).isEqualTo(new SaslDialogue.Result.Cancelled().toString());
        }
    }

    @Test
    void aClientFromWhichTheStrongerMechanismWasHiddenIsTold() throws Exception {
        try (var client = encrypted("TLSv1.3")) {
            client.sendLine("SCRAM-SHA-256");
            assertThat(challenge(client)).isEmpty();
            respond(client, "y,,n=user,r=clients");
            assertThat(challenge(client)).isEqualTo("e=server-does-support-channel-binding");
            client.sendLine("");
            assertThat(client.line()).isEqualTo(REJECTED);
        }
    }

    @Test
    void inClearTextThereIsNothingToBindTo() throws Exception {
        var address = listen(TlsMode.STARTTLS, PlainTextLogin.TLS);
        try (var client = TestClient.connect(address)) {
            assertThat(client.line()).isEqualTo("SCRAM-SHA-256");
            client.sendLine("SCRAM-SHA-256-PLUS");
            assertThat(client.line()).isEqualTo("not offered");
            client.sendLine("PLAIN");
            assertThat(client.line()).isEqualTo("not offered");
            var last =
                    prove(
                            client,
                            "SCRAM-SHA-256",
                            new ScramClient("y,,", "user", "pencil", "clients"));
            assertThat(challenge(client)).isEqualTo(last.signature());
            client.sendLine("");
            assertThat(client.line()).isEqualTo(LOGGED_IN);
        }
    }

    @Test
    void whereNoLoginsAreTakenNothingIsOffered() throws Exception {
        try (var client = TestClient.connectTls(listen(TlsMode.IMPLICIT, PlainTextLogin.NEVER))) {
            assertThat(client.line()).isEmpty();
            for (var mechanism : List.of("SCRAM-SHA-256-PLUS", "SCRAM-SHA-256", "PLAIN")) {
                client.sendLine(mechanism);
                assertThat(client.line()).isEqualTo("not offered");
            }
        }
    }
}
