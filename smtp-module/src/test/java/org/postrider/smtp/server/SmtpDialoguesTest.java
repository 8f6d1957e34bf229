package org.postrider.smtp.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.postrider.storage.address.MailAddress;
import org.postrider.storage.testing.TestStores;
import org.postrider.transport.TlsMode;
import org.postrider.transport.sasl.PlainTextLogin;
import org.postrider.transport.testing.Dialogues;

/// Each directory of dialogues is played against a listener of its own kind.
final class SmtpDialoguesTest {

    private static final SmtpSettings MX =
            SmtpSettings.mx(SmtpServer.HOSTNAME)
                    .withPostmaster(MailAddress.parse("bob@example.test").orElseThrow());
    private static final SmtpSettings SUBMISSION = SmtpSettings.submission(SmtpServer.HOSTNAME);

    @TempDir Path directory;

    @TestFactory
    Stream<DynamicTest> theMx() {
        return play("mx", MX, PlainTextLogin.TLS, TlsMode.STARTTLS);
    }

    @TestFactory
    Stream<DynamicTest> smuggling() {
        return play("smuggling", MX, PlainTextLogin.TLS, TlsMode.STARTTLS);
    }

    @TestFactory
    Stream<DynamicTest> theMxWithLogin() {
        var settings = MX.withMxAuth(MxAuth.LOOPBACK);
        return play("mx-login", settings, PlainTextLogin.TLS_OR_LOOPBACK, TlsMode.NONE);
    }

    @TestFactory
    Stream<DynamicTest> theMxWithLoginUnderTls() {
        var settings = MX.withMxAuth(MxAuth.TLS);
        return play("mx-tls-login", settings, PlainTextLogin.TLS_OR_LOOPBACK, TlsMode.STARTTLS);
    }

    @TestFactory
    Stream<DynamicTest> submission() {
        return play("submission", SUBMISSION, PlainTextLogin.TLS, TlsMode.STARTTLS);
    }

    @TestFactory
    Stream<DynamicTest> submissionUnderImplicitTls() {
        return play("submissions", SUBMISSION, PlainTextLogin.TLS, TlsMode.IMPLICIT);
    }

    @TestFactory
    Stream<DynamicTest> limits() {
        var limits = new SmtpLimits(1000, 3, 512, 1000, 3, 5, 4, 2, Duration.ofMinutes(5));
        var settings = MX.withMxAuth(MxAuth.LOOPBACK).withLimits(limits);
        return play("limits", settings, PlainTextLogin.TLS_OR_LOOPBACK, TlsMode.NONE);
    }

    @TestFactory
    Stream<DynamicTest> silence() {
        var limits = new SmtpLimits(1000, 3, 512, 1000, 3, 5, 4, 2, Duration.ofMillis(400));
        var settings = MX.withMxAuth(MxAuth.LOOPBACK).withLimits(limits);
        return play("silence", settings, PlainTextLogin.TLS_OR_LOOPBACK, TlsMode.NONE);
    }

    @TestFactory
    Stream<DynamicTest> belowTheLowWaterMarkOfTheDisk() {
        return Dialogues.in(
                "dialogues/full-disk",
                () ->
                        new SmtpStage(
                                TestStores.h2BelowTheLowWaterMark(fresh()),
                                MX,
                                PlainTextLogin.TLS,
                                TlsMode.STARTTLS));
    }

    private Stream<DynamicTest> play(
            String topic, SmtpSettings settings, PlainTextLogin plainText, TlsMode tls) {
        return Dialogues.in(
                "dialogues/" + topic,
                () -> new SmtpStage(TestStores.h2(fresh()), settings, plainText, tls));
    }

    private Path fresh() throws IOException {
        return Files.createTempDirectory(directory, "store");
    }
}
