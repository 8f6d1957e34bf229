package org.postrider.app.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.security.cert.CertificateParsingException;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postrider.app.config.PemFiles;
import org.postrider.app.config.SettingProblem;
import org.postrider.storage.address.DomainName;

class CertificateTest {

    private static final InstantSource CLOCK =
            InstantSource.fixed(Instant.parse("2026-11-21T00:00:00Z"));
    private static final SecureRandom RANDOM = new SecureRandom();

    @TempDir private Path directory;

    @Test
    void theFirstStartMakesACertificateForTheHostname()
            throws IOException, CertificateParsingException {
        var files = selfSigned("mail.example.org");
        try (var certificate = Certificate.watch(files)) {
            var x509 = certificate.keys().certificate();
            assertThat(x509.getSubjectX500Principal().getName()).isEqualTo("CN=mail.example.org");
            assertThat(x509.getSubjectAlternativeNames().toString())
                    .contains("mail.example.org", "localhost", "127.0.0.1");
        }
        var permissions = Files.getPosixFilePermissions(files.key());
        assertThat(PosixFilePermissions.toString(permissions)).isEqualTo("rw-------");
    }

    @Test
    void theNextStartKeepsIt() throws IOException {
        var first = Files.readString(selfSigned("mail.example.org").certificate());
        var second = Files.readString(selfSigned("other.example.org").certificate());
        assertThat(second).isEqualTo(first);
    }

    @Test
    void newFilesAreLoadedAndBrokenOnesAreNot() throws IOException {
        var files = selfSigned("old.example.org");
        try (var certificate = Certificate.watch(files)) {
            Files.delete(files.certificate());
            selfSigned("new.example.org");
            age(files, 1);
            certificate.reloadIfChanged();
            assertThat(name(certificate)).isEqualTo("CN=new.example.org");
            Files.writeString(files.certificate(), "garbage");
            age(files, 2);
            certificate.reloadIfChanged();
            assertThat(name(certificate)).isEqualTo("CN=new.example.org");
        }
    }

    @Test
    void aFileThatCannotBeReadIsNamed() {
        var files = new PemFiles(directory.resolve("none.pem"), directory.resolve("key.pem"));
        assertThatThrownBy(() -> Certificate.watch(files))
                .isInstanceOf(SettingProblem.class)
                .hasMessage("postrider.tls.certificate=" + files.certificate() + " cannot be used");
    }

    @Test
    void aKeyThatIsNoneIsNamed() throws IOException {
        var files = selfSigned("mail.example.org");
        Files.writeString(
                files.key(),
                "-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----\n");
        assertThatThrownBy(() -> Certificate.watch(files))
                .isInstanceOf(SettingProblem.class)
                .hasMessage("postrider.tls.key=" + files.key() + " cannot be used");
    }

    private PemFiles selfSigned(String hostname) {
        return SelfSigned.in(directory, new DomainName(hostname), CLOCK, RANDOM);
    }

    /// Gives both files a time of their own, however fast the test is.
    private static void age(PemFiles files, int seconds) throws IOException {
        var time = FileTime.from(Instant.parse("2026-11-21T00:00:00Z").plusSeconds(seconds));
        Files.setLastModifiedTime(files.certificate(), time);
        Files.setLastModifiedTime(files.key(), time);
    }

    private static String name(Certificate certificate) {
        return certificate.keys().certificate().getSubjectX500Principal().getName();
    }
}
