package org.postrider.transport.testing;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.postrider.transport.TlsKeys;

/// A certificate for `localhost` and the client that trusts nothing else. Its key is no secret.
public final class TestTls {

    private static final SSLContext TRUSTING = trusting(certificate());

    private TestTls() {}

    public static TlsKeys keys() {
        try {
            return TlsKeys.pem(certificate(), key());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static byte[] certificate() {
        return resource("test.crt");
    }

    public static byte[] key() {
        return resource("test.key");
    }

    /// Another certificate for the same name, as after a renewal.
    public static byte[] otherCertificate() {
        return resource("other.crt");
    }

    public static byte[] otherKey() {
        return resource("other.key");
    }

    /// A client's context that trusts the test certificate.
    public static SSLContext trusting() {
        return TRUSTING;
    }

    /// A client's context that trusts a certificate in PEM.
    public static SSLContext trusting(byte[] certificate) {
        return trusting(certificate, "TLS");
    }

    /// The same for a client that speaks no newer TLS than this, for example `TLSv1.2`.
    public static SSLContext trusting(byte[] certificate, String newest) {
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            store.setCertificateEntry(
                    "server",
                    CertificateFactory.getInstance("X.509")
                            .generateCertificate(new ByteArrayInputStream(certificate)));
            TrustManagerFactory trust =
                    TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            SSLContext context = SSLContext.getInstance(newest);
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] resource(String name) {
        try (InputStream in = TestTls.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("no resource " + name);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
