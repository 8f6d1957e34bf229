package org.postrider.app;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import org.postrider.app.config.DataDirectory;
import org.postrider.app.config.PostriderProperties;
import org.postrider.app.config.SecretFile;
import org.postrider.app.demo.DemoAccounts;
import org.postrider.app.security.DirectoryAuthenticator;
import org.postrider.app.security.DirectoryScram;
import org.postrider.app.security.LoginGuard;
import org.postrider.app.security.PasswordHashing;
import org.postrider.app.tls.Certificate;
import org.postrider.app.tls.SelfSigned;
import org.postrider.imap.server.ImapProtocol;
import org.postrider.imap.server.ImapSettings;
import org.postrider.imap.wire.ImapLimits;
import org.postrider.pop3.server.Pop3Protocol;
import org.postrider.pop3.server.Pop3Settings;
import org.postrider.smtp.server.SmtpLimits;
import org.postrider.smtp.server.SmtpProtocol;
import org.postrider.smtp.server.SmtpSettings;
import org.postrider.storage.Store;
import org.postrider.transport.TransportLimits;
import org.postrider.transport.sasl.Authenticator;
import org.postrider.transport.sasl.Scram;
import org.postrider.transport.sasl.ScramDecoys;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The three protocols and where they listen.
@Configuration(proxyBeanMethods = false)
final class MailConfiguration {

    @Bean
    LoginGuard loginGuard(PostriderProperties properties, InstantSource clock) {
        return new LoginGuard(properties.guard().limits(), clock);
    }

    @Bean
    Authenticator authenticator(
            PostriderProperties properties,
            Store store,
            PasswordHashing hashing,
            LoginGuard guard,
            InstantSource clock,
            SecureRandom random) {
        return new DirectoryAuthenticator(
                store.directory(),
                hashing,
                guard,
                properties.password().rememberFor(),
                clock,
                random);
    }

    @Bean
    Scram scram(Store store, LoginGuard guard, DataDirectory dataDirectory, SecureRandom random) {
        var secret = SecretFile.read(dataDirectory.path().resolve("scram.secret"), 32, random);
        return new Scram(
                new DirectoryScram(store.directory(), guard),
                new ScramDecoys(secret.getBytes(StandardCharsets.UTF_8)),
                random);
    }

    @Bean
    LoginMechanisms loginMechanisms(
            PostriderProperties properties, Authenticator authenticator, Scram scram) {
        return new LoginMechanisms(properties.login(), authenticator, scram);
    }

    @Bean
    Certificate certificate(
            PostriderProperties properties,
            DataDirectory dataDirectory,
            InstantSource clock,
            SecureRandom random) {
        return properties
                .tls()
                .files()
                .map(Certificate::watch)
                .orElseGet(() ->
                        Certificate.watch(
                                SelfSigned.in(
                                        dataDirectory.path(),
                                        properties.serverName(),
                                        clock,
                                        random)));
    }

    @Bean
    SmtpProtocol mx(
            PostriderProperties properties,
            Store store,
            LoginMechanisms mechanisms,
            InstantSource clock) {
        var auth = properties.mx().auth();
        var settings =
                SmtpSettings.mx(properties.serverName())
                        .withLimits(smtpLimits(properties))
                        .withMxAuth(auth);
        return new SmtpProtocol(settings, store, mechanisms.atMx(auth), clock);
    }

    @Bean
    SmtpProtocol submission(
            PostriderProperties properties,
            Store store,
            LoginMechanisms mechanisms,
            InstantSource clock) {
        var settings =
                SmtpSettings.submission(properties.serverName()).withLimits(smtpLimits(properties));
        return new SmtpProtocol(settings, store, mechanisms.usual(), clock);
    }

    @Bean
    Pop3Protocol pop3(PostriderProperties properties, Store store, LoginMechanisms mechanisms) {
        return new Pop3Protocol(
                Pop3Settings.standard(properties.serverName().value()), store, mechanisms.usual());
    }

    @Bean
    ImapProtocol imap(
            PostriderProperties properties,
            Store store,
            LoginMechanisms mechanisms,
            InstantSource clock) {
        var limits =
                ImapLimits.DEFAULT.withMessageOctets(properties.limits().messageSize().toBytes());
        return new ImapProtocol(new ImapSettings(limits), store, mechanisms.usual(), clock);
    }

    /// The listeners, opened when everything behind them is there.
    @Bean
    MailListeners mailListeners(
            PostriderProperties properties,
            Certificate certificate,
            SmtpProtocol mx,
            SmtpProtocol submission,
            Pop3Protocol pop3,
            ImapProtocol imap,
            DemoAccounts demoAccounts) {
        var at = properties.listen();
        var plans =
                List.of(
                        MailListeners.startTls("mx", at.mx(), mx),
                        MailListeners.startTls("submission", at.submission(), submission),
                        MailListeners.implicitTls("submissions", at.submissions(), submission),
                        MailListeners.startTls("pop3", at.pop3(), pop3),
                        MailListeners.implicitTls("pop3s", at.pop3s(), pop3),
                        MailListeners.startTls("imap", at.imap(), imap),
                        MailListeners.implicitTls("imaps", at.imaps(), imap));
        return MailListeners.open(
                transportLimits(properties),
                certificate.keys(),
                properties.proxy().trustedNetworks(),
                plans);
    }

    private static TransportLimits transportLimits(PostriderProperties properties) {
        var limits = properties.limits();
        return TransportLimits.standard()
                .withConnections(limits.connections(), limits.connectionsPerAddress());
    }

    private static SmtpLimits smtpLimits(PostriderProperties properties) {
        return SmtpLimits.defaults().withMessageOctets(properties.limits().messageSize().toBytes());
    }
}
