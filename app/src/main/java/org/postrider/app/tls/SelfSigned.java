package org.postrider.app.tls;

import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaMiscPEMGenerator;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.io.pem.PemObjectGenerator;
import org.bouncycastle.util.io.pem.PemWriter;
import org.postrider.app.config.OwnerOnlyFile;
import org.postrider.app.config.PemFiles;
import org.postrider.app.config.SettingProblem;
import org.postrider.storage.address.DomainName;

/// A certificate of our own making, so that there is TLS from the first start on: `tls` in the data
/// directory. Clients will ask their user about it; a real one is set by `postrider.tls.*`.
public final class SelfSigned {

    private static final Duration VALID = Duration.ofDays(3650);
    private static final int SERIAL_BITS = 127;

    private SelfSigned() {}

    /// The self-signed certificate of a data directory, made when there is none.
    public static PemFiles in(
            Path dataDirectory, DomainName hostname, InstantSource clock, SecureRandom random) {
        var directory = dataDirectory.resolve("tls");
        var files =
                new PemFiles(directory.resolve("certificate.pem"), directory.resolve("key.pem"));
        try {
            if (!Files.exists(files.certificate()) || !Files.exists(files.key())) {
                Files.createDirectories(directory);
                write(files, hostname, clock.instant(), random);
            }
            return files;
        } catch (IOException e) {
            throw new SettingProblem(
                    directory.toString(),
                    "cannot be written",
                    "let the user this server runs as own the directory.",
                    e);
        }
    }

    private static void write(PemFiles files, DomainName hostname, Instant now, SecureRandom random)
            throws IOException {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"), random);
            var pair = generator.generateKeyPair();
            var certificate = certificate(pair, hostname, now, random);
            write(files.key(), new JcaPKCS8Generator(pair.getPrivate(), null));
            write(files.certificate(), new JcaMiscPEMGenerator(certificate));
        } catch (GeneralSecurityException | OperatorCreationException e) {
            throw new IllegalStateException("every Java can sign with P-256", e);
        }
    }

    private static X509CertificateHolder certificate(
            KeyPair pair, DomainName hostname, Instant now, SecureRandom random)
            throws IOException, OperatorCreationException {
        var name = new X500Name("CN=" + hostname);
        var builder =
                new JcaX509v3CertificateBuilder(
                        name,
                        new BigInteger(SERIAL_BITS, random).add(BigInteger.ONE),
                        Date.from(now.minus(Duration.ofDays(1))),
                        Date.from(now.plus(VALID)),
                        name,
                        pair.getPublic());
        builder.addExtension(
                Extension.subjectAlternativeName,
                false,
                new GeneralNames(
                        new GeneralName[] {
                            new GeneralName(GeneralName.dNSName, hostname.value()),
                            new GeneralName(GeneralName.dNSName, "localhost"),
                            new GeneralName(GeneralName.iPAddress, "127.0.0.1"),
                            new GeneralName(GeneralName.iPAddress, "::1")
                        }));
        return builder.build(
                new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate()));
    }

    private static void write(Path file, PemObjectGenerator object) throws IOException {
        var text = new StringWriter();
        try (var pem = new PemWriter(text)) {
            pem.writeObject(object);
        }
        Files.deleteIfExists(file);
        OwnerOnlyFile.write(file, text.toString());
    }
}
