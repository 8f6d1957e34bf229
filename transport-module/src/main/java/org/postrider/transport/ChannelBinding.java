package org.postrider.transport;

import java.io.IOException;
import java.security.AlgorithmParameters;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidParameterSpecException;
import java.security.spec.PSSParameterSpec;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLKeyException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/// What a TLS session can be told from every other by, at both ends alike (RFC 5056). A login that
/// is bound to it is worth nothing to somebody who stands between the ends with a session to each.
public enum ChannelBinding {
    /// Keying material of the session (RFC 9266 §2), also of one that was resumed. TLS 1.2 has it
    /// only where the master secret is an extended one (RFC 7627 §5.4), which JSSE itself sees to,
    /// and only without renegotiation, which [TlsKeys] forbids. The context is there and empty,
    /// which before TLS 1.3 is not the same as none (RFC 5705 §4).
    TLS_EXPORTER("tls-exporter") {
        @Override
        Optional<byte[]> data(SSLSession session) {
            if (!(session instanceof ExtendedSSLSession extended)) {
                return Optional.empty();
            }
            try {
                return Optional.of(
                        extended.exportKeyingMaterialData(
                                "EXPORTER-Channel-Binding", new byte[0], EXPORTED_OCTETS));
            } catch (SSLKeyException | UnsupportedOperationException e) {
                return Optional.empty();
            }
        }
    },
    /// The hash of the server's certificate (RFC 5929 §4.1). It withstands somebody between the
    /// ends who has another certificate, not one who stole ours.
    TLS_SERVER_END_POINT("tls-server-end-point") {
        @Override
        Optional<byte[]> data(SSLSession session) {
            Certificate @Nullable [] chain = session.getLocalCertificates();
            return chain != null && chain[0] instanceof X509Certificate own
                    ? endPoint(own)
                    : Optional.empty();
        }
    };

    private static final int EXPORTED_OCTETS = 32;

    private final String registeredName;

    ChannelBinding(String registeredName) {
        this.registeredName = registeredName;
    }

    /// Its name in IANA's registry of channel-binding types.
    public String registeredName() {
        return registeredName;
    }

    /// The type of this name; case counts (RFC 5056 §7.1).
    public static Optional<ChannelBinding> named(String name) {
        return Stream.of(values()).filter(type -> type.registeredName.equals(name)).findAny();
    }

    /// The octets, if the session has such a binding.
    abstract Optional<byte[]> data(SSLSession session);

    /// Nothing for a signature that has no hash function of its own beside it (Ed25519, Ed448): the
    /// binding is not defined there.
    static Optional<byte[]> endPoint(X509Certificate certificate) {
        return signatureHash(certificate)
                .map(hash -> {
                    try {
                        return MessageDigest.getInstance(hash).digest(certificate.getEncoded());
                    } catch (NoSuchAlgorithmException | CertificateEncodingException e) {
                        throw new IllegalStateException("no hash of our own certificate", e);
                    }
                });
    }

    /// The hash function of the certificate's signature, SHA-256 in place of MD5 and SHA-1.
    private static Optional<String> signatureHash(X509Certificate certificate) {
        String signature = certificate.getSigAlgName().toUpperCase(Locale.ROOT);
        Optional<String> hash =
                signature.equals("RSASSA-PSS")
                        ? pssHash(certificate)
                        : Optional.of(signature.indexOf("WITH"))
                                .filter(end -> end > 0)
                                .map(end -> signature.substring(0, end));
        return hash.flatMap(name ->
                switch (name.replace("-", "")) {
                    case "MD5", "SHA1", "SHA256" -> Optional.of("SHA-256");
                    case "SHA224" -> Optional.of("SHA-224");
                    case "SHA384" -> Optional.of("SHA-384");
                    case "SHA512" -> Optional.of("SHA-512");
                    default -> Optional.empty();
                });
    }

    /// RSASSA-PSS names its hash in the parameters (RFC 4055 §3.1).
    private static Optional<String> pssHash(X509Certificate certificate) {
        try {
            var parameters = AlgorithmParameters.getInstance("RSASSA-PSS");
            parameters.init(certificate.getSigAlgParams());
            return Optional.of(
                    parameters.getParameterSpec(PSSParameterSpec.class).getDigestAlgorithm());
        } catch (NoSuchAlgorithmException | InvalidParameterSpecException | IOException e) {
            return Optional.empty();
        }
    }
}
