package org.postrider.transport;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.security.MessageDigest;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postrider.transport.testing.TestClient;
import org.postrider.transport.testing.TestTls;

/// What both ends of a TLS session find by themselves.
class ChannelBindingTest {

    private static EchoStage implicit() throws Exception {
        return new EchoStage(TransportLimits.standard(), new EchoProtocol(), TlsMode.IMPLICIT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void bothEndsExportTheSameAndEverySessionSomethingElse(String version) throws Exception {
        var context = TestTls.trusting(TestTls.certificate(), version);
        try (var stage = implicit()) {
            byte[] first = exported(stage, context);
            byte[] resumed = exported(stage, context);
            assertThat(first).hasSize(32);
            assertThat(resumed).hasSize(32).isNotEqualTo(first);
        }
    }

    /// By the server, once the client has the same.
    private static byte[] exported(EchoStage stage, SSLContext context) throws Exception {
        try (var client = TestClient.connect(stage.address())) {
            client.startTls(context);
            client.line();
            var connection = stage.protocol().connection();
            var octets = connection.channelBinding(ChannelBinding.TLS_EXPORTER);
            assertThat(octets.orElseThrow())
                    .isEqualTo(ChannelBinding.TLS_EXPORTER.data(client.session()).orElseThrow());
            assertThat(connection.channelBinding(ChannelBinding.TLS_SERVER_END_POINT).orElseThrow())
                    .isEqualTo(sha256(TestTls.certificate()));
            return octets.orElseThrow();
        }
    }

    private static byte[] sha256(byte[] pem) throws Exception {
        return MessageDigest.getInstance("SHA-256").digest(certificate(pem).getEncoded());
    }

    private static X509Certificate certificate(byte[] pem) throws Exception {
        return (X509Certificate)
                CertificateFactory.getInstance("X.509")
                        .generateCertificate(new ByteArrayInputStream(pem));
    }

    /// Each file is a certificate that its name says the signature of, `openssl req -x509` with
    /// `-sha384` for example; `pss` is RSASSA-PSS with SHA-384.
    @ParameterizedTest
    @CsvSource({"sha1, SHA-256", "sha384, SHA-384", "sha512, SHA-512", "pss, SHA-384", "ed25519, "})
    void theEndPointIsHashedAsItsCertificateIsSigned(String name, @Nullable String hash)
            throws Exception {
        try (var in =
                ChannelBindingTest.class.getResourceAsStream("certificates/" + name + ".crt")) {
            var certificate = certificate(requireNonNull(in).readAllBytes());
            var endPoint = ChannelBinding.endPoint(certificate);
            if (hash == null) {
                assertThat(endPoint).isEmpty();
            } else {
                assertThat(endPoint.orElseThrow())
                        .isEqualTo(
                                MessageDigest.getInstance(hash).digest(certificate.getEncoded()));
            }
        }
    }

    @Test
    void clearTextHasNone() throws Exception {
        try (var stage = new EchoStage();
                var client = TestClient.connect(stage.address())) {
            client.line();
            var connection = stage.protocol().connection();
            for (var type : ChannelBinding.values()) {
                assertThat(connection.channelBinding(type)).isEmpty();
            }
        }
    }
}
