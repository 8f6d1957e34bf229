package org.postrider.transport;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLException;

/// A certificate chain and its private key, as a listener uses them: TLS 1.2 and 1.3 (RFC 8996 §2
/// forbids what is older).
///
/// What was loaded can be loaded again while connections go on: handshakes that begin afterwards
/// use the new certificate, and what is broken changes nothing.
public final class TlsKeys {

    private static final int CACHED_SESSIONS = 1024;

    static {
        // Otherwise a client of TLS 1.2 may ask for any number of handshakes on one connection, and
        // each costs us far more than it costs the client (CVE-2011-1473).
        System.setProperty("jdk.tls.rejectClientInitiatedRenegotiation", "true");
    }

    private final Source source;
    private volatile Loaded loaded;

    private TlsKeys(Source source) throws IOException {
        this.source = source;
        this.loaded = source.load();
    }

    /// Keys in two PEM files: the chain, the server's own certificate first, and the key as PKCS
    /// #8.
    public static TlsKeys files(Path chain, Path key) throws IOException {
        return new TlsKeys(() -> {
            try (InputStream certificates = Files.newInputStream(chain);
                    InputStream secret = Files.newInputStream(key)) {
                return Loaded.of(certificates, secret);
            } catch (GeneralSecurityException | IllegalArgumentException e) {
                throw new IOException(
                        "no usable certificate and key in "
                                + chain
                                + " and "
                                + key
                                + ": "
                                + cause(e),
                        e);
            }
        });
    }

    /// Keys in memory, in the same form.
    public static TlsKeys pem(byte[] chain, byte[] key) throws IOException {
        return new TlsKeys(() -> {
            try {
                return Loaded.of(new ByteArrayInputStream(chain), new ByteArrayInputStream(key));
            } catch (GeneralSecurityException | IllegalArgumentException e) {
                throw new IOException("no usable certificate and key: " + cause(e), e);
            }
        });
    }

    /// Loads certificate and key again.
    ///
    /// @throws IOException when they cannot be used; the old ones stay in use
    public void reload() throws IOException {
        loaded = source.load();
    }

    /// The server's own certificate.
    public X509Certificate certificate() {
        return loaded.certificate();
    }

    SslHandler handler(ByteBufAllocator buffers, Executor tasks) {
        return loaded.context().newHandler(buffers, tasks);
    }

    private static String cause(Exception e) {
        Throwable cause = e.getCause();
        return cause == null || cause.getMessage() == null
                ? String.valueOf(e.getMessage())
                : cause.getMessage();
    }

    @FunctionalInterface
    private interface Source {
        Loaded load() throws IOException;
    }

    private record Loaded(X509Certificate certificate, SslContext context) {

        static Loaded of(InputStream certificates, InputStream secret)
                throws GeneralSecurityException, IOException {
            List<X509Certificate> chain =
                    CertificateFactory.getInstance("X.509")
                            .generateCertificates(certificates)
                            .stream()
                            .map(X509Certificate.class::cast)
                            .toList();
            if (chain.isEmpty()) {
                throw new IllegalArgumentException("there is no certificate");
            }
            PrivateKey key = PrivateKeys.read(secret);
            requirePair(chain.getFirst(), key);
            return new Loaded(chain.getFirst(), context(chain, key));
        }

        private static SslContext context(List<X509Certificate> chain, PrivateKey key)
                throws SSLException {
            return SslContextBuilder.forServer(key, chain)
                    .sslProvider(SslProvider.JDK)
                    .protocols("TLSv1.3", "TLSv1.2")
                    .sessionCacheSize(CACHED_SESSIONS)
                    .build();
        }

        /// JSSE itself notices a key of another certificate only in the handshake.
        private static void requirePair(X509Certificate certificate, PrivateKey key)
                throws GeneralSecurityException {
            if (!certificate.getPublicKey().getAlgorithm().equals(key.getAlgorithm())
                    || !signs(key, certificate)) {
                throw new IllegalArgumentException("the key does not belong to the certificate");
            }
        }

        private static boolean signs(PrivateKey key, X509Certificate certificate)
                throws GeneralSecurityException {
            String algorithm =
                    switch (key.getAlgorithm()) {
                        case "RSA" -> "SHA256withRSA";
                        case "EC" -> "SHA256withECDSA";
                        default -> key.getAlgorithm();
                    };
            byte[] text = certificate.getTBSCertificate();
            Signature signature = Signature.getInstance(algorithm);
            signature.initSign(key);
            signature.update(text);
            byte[] signed = signature.sign();
            signature.initVerify(certificate.getPublicKey());
            signature.update(text);
            return signature.verify(signed);
        }
    }
}
