package org.postrider.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postrider.transport.testing.TestClient;
import org.postrider.transport.testing.TestTls;
import org.slf4j.LoggerFactory;

class TlsTest {

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void bothCurrentVersionsAreSpoken(String version) throws Exception {
        try (EchoStage stage = implicit();
                SSLSocket socket = socket(stage.address(), version)) {
            socket.startHandshake();
            socket.getOutputStream().write("WHO\r\nQUIT\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(
                            new String(
                                    socket.getInputStream().readAllBytes(),
                                    StandardCharsets.US_ASCII))
                    .isEqualTo("hello\r\n127.0.0.1 " + version + "\r\nbye\r\n");
        }
    }

    @Test
    void oneConnectionHasOneHandshake() throws Exception {
        try (EchoStage stage = implicit();
                SSLSocket socket = socket(stage.address(), "TLSv1.2")) {
            socket.startHandshake();
            assertThat(socket.getInputStream().readNBytes(7))
                    .asString(StandardCharsets.US_ASCII)
                    .isEqualTo("hello\r\n");
            socket.startHandshake();
            assertThatThrownBy(
                            () -> {
                                socket.getOutputStream()
                                        .write(
                                                "ECHO again\r\n"
                                                        .getBytes(StandardCharsets.US_ASCII));
                                assertThat(socket.getInputStream().readAllBytes()).isEmpty();
                                throw new EOFException();
                            })
                    .isInstanceOf(IOException.class);
            stage.protocol().awaitCall("closed");
            assertThat(stage.protocol().calls()).containsExactly("opened", "closed");
        }
    }

    @Test
    void clearTextOnTheTlsPortIsNeverHeard() throws Exception {
        try (EchoStage stage = implicit();
                TestClient client = TestClient.connect(stage.address())) {
            client.sendLine("ECHO in clear");
            assertThat(new String(client.rest(), StandardCharsets.ISO_8859_1))
                    .doesNotContain("hello", "in clear");
            assertThat(stage.protocol().calls()).isEmpty();
        }
    }

    @Test
    void clearTextOnTheTlsPortIsNotLogged() throws Exception {
        var logger = (Logger) LoggerFactory.getLogger(ConnectionHandler.class);
        var logged = new ListAppender<ILoggingEvent>();
        logged.start();
        logger.addAppender(logged);
        logger.setLevel(Level.DEBUG);
        try (EchoStage stage = implicit();
                TestClient client = TestClient.connect(stage.address())) {
            client.sendLine("ECHO in clear");
            client.rest();
        } finally {
            logger.detachAppender(logged);
            logger.setLevel(null);
        }
        assertThat(logged.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .anySatisfy(line -> assertThat(line).contains("it does not speak TLS"))
                .noneSatisfy(line -> assertThat(line).containsIgnoringCase("4543484f"));
    }

    @Test
    void clearTextAfterTheReplyToStarttlsIsNeverHeard() throws Exception {
        try (EchoStage stage = new EchoStage();
                TestClient client = TestClient.connect(stage.address())) {
            client.line();
            client.sendLine("STARTTLS");
            assertThat(client.line()).isEqualTo("go on");
            client.sendLine("ECHO injected");
            assertThat(new String(client.rest(), StandardCharsets.ISO_8859_1))
                    .doesNotContain("injected");
            stage.protocol().awaitCall("closed");
            assertThat(stage.protocol().calls())
                    .containsExactly("opened", "line STARTTLS", "closed");
        }
    }

    @Test
    void aHandshakeThatDoesNotComeIsNotWaitedFor() throws Exception {
        Duration patience = Duration.ofMillis(200);
        TransportLimits limits =
                TransportLimits.standard().withTimeouts(patience, patience, patience);
        try (EchoStage stage = new EchoStage(limits, new EchoProtocol(), TlsMode.IMPLICIT);
                TestClient client = TestClient.connect(stage.address())) {
            assertThat(client.isClosed()).isTrue();
            assertThat(stage.protocol().calls()).isEmpty();
        }
    }

    @Test
    void aHandshakeAnnouncedAndNeverBegunEndsTheConversation() throws Exception {
        Duration patience = Duration.ofMillis(200);
        TransportLimits limits =
                TransportLimits.standard().withTimeouts(patience, patience, patience);
        try (EchoStage stage = new EchoStage(limits);
                TestClient client = TestClient.connect(stage.address())) {
            client.line();
            client.sendLine("STARTTLS");
            assertThat(client.line()).isEqualTo("go on");
            client.rest();
            stage.protocol().awaitCall("closed");
        }
    }

    @Test
    void aNewCertificateIsUsedWithoutARestart(@TempDir Path directory) throws Exception {
        Path certificate = Files.write(directory.resolve("chain.pem"), TestTls.certificate());
        Path key = Files.write(directory.resolve("key.pem"), TestTls.key());
        TlsKeys keys = TlsKeys.files(certificate, key);
        try (EchoStage stage =
                        new EchoStage(
                                TransportLimits.standard(),
                                new EchoProtocol(),
                                TlsMode.IMPLICIT,
                                keys,
                                List.of());
                TestClient old = TestClient.connectTls(stage.address())) {
            Files.write(certificate, TestTls.otherCertificate());
            assertThatThrownBy(keys::reload)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("chain.pem")
                    .hasMessageContaining("does not belong");
            assertGreeted(stage, TestTls.certificate());

            Files.write(key, TestTls.otherKey());
            keys.reload();
            assertGreeted(stage, TestTls.otherCertificate());
            assertThat(keys.certificate().getPublicKey().getAlgorithm()).isEqualTo("RSA");

            Files.writeString(
                    key, "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");
            assertThatThrownBy(keys::reload)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("key.pem");
            Files.delete(key);
            assertThatThrownBy(keys::reload)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("key.pem");
            assertGreeted(stage, TestTls.otherCertificate());

            assertThat(old.line()).isEqualTo("hello");
            old.sendLine("ECHO still here");
            assertThat(old.line()).isEqualTo("still here");
        }
    }

    @Test
    void aKeyOfAnotherFormIsRefusedWithItsRemedy() {
        String old =
                new String(TestTls.otherKey(), StandardCharsets.US_ASCII)
                        .replace(" PRIVATE KEY", " RSA PRIVATE KEY");
        assertThatThrownBy(() ->
                        TlsKeys.pem(TestTls.certificate(), old.getBytes(StandardCharsets.US_ASCII)))
                .hasMessageContaining("openssl pkcs8 -topk8 -nocrypt");
    }

    @Test
    void tlsNeedsACertificate() {
        assertThatThrownBy(() ->
                        new ListenerSettings(
                                "x",
                                new InetSocketAddress(0),
                                new EchoProtocol(),
                                TlsMode.STARTTLS,
                                null))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static void assertGreeted(EchoStage stage, byte[] certificate) throws IOException {
        try (TestClient client = TestClient.connect(stage.address())) {
            client.startTls(TestTls.trusting(certificate));
            assertThat(client.line()).isEqualTo("hello");
        }
        try (TestClient client = TestClient.connect(stage.address())) {
            byte[] wrong =
                    certificate[100] == TestTls.certificate()[100]
                            ? TestTls.otherCertificate()
                            : TestTls.certificate();
            assertThatThrownBy(() -> client.startTls(TestTls.trusting(wrong)))
                    .isInstanceOfAny(SSLException.class, EOFException.class);
        }
    }

    private static EchoStage implicit() throws IOException {
        return new EchoStage(TransportLimits.standard(), new EchoProtocol(), TlsMode.IMPLICIT);
    }

    private static SSLSocket socket(InetSocketAddress address, String version) throws IOException {
        SSLSocket socket =
                (SSLSocket)
                        TestTls.trusting()
                                .getSocketFactory()
                                .createSocket(address.getAddress(), address.getPort());
        socket.setEnabledProtocols(new String[] {version});
        socket.setSoTimeout(20_000);
        return socket;
    }
}
