package org.postrider.app;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import org.postrider.app.config.DataDirectory;
import org.postrider.app.config.PostriderProperties;
import org.postrider.app.config.PostriderProperties.PlainText;
import org.postrider.app.demo.DemoAccounts;
import org.postrider.app.security.DirectoryAuthenticator;
import org.postrider.app.security.LoginGuard;
import org.postrider.app.security.PasswordHashing;
import org.postrider.app.tls.Certificate;
import org.postrider.app.tls.SelfSigned;
import org.postrider.imap.server.ImapProtocol;
import org.postrider.imap.server.ImapSettings;
import org.postrider.imap.wire.ImapLimits;
import org.postrider.pop3.server.Pop3Protocol;
import org.postrider.pop3.server.Pop3Settings;
import org.postrider.smtp.server.MxAuth;
import org.postrider.smtp.server.SmtpLimits;
import org.postrider.smtp.server.SmtpProtocol;
import org.postrider.smtp.server.SmtpSettings;
import org.postrider.storage.Store;
import org.postrider.transport.TransportLimits;
import org.postrider.transport.sasl.Authenticator;
import org.postrider.transport.sasl.PasswordSasl;
import org.postrider.transport.sasl.PlainTextLogin;
import org.postrider.transport.sasl.Sasl;
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
            Authenticator authenticator,
            InstantSource clock) {
        var auth = properties.mx().auth();
        var settings =
                SmtpSettings.mx(properties.serverName())
                        .withLimits(smtpLimits(properties))
                        .withMxAuth(auth);
        return new SmtpProtocol(
                settings, store, sasl(authenticator, auth == MxAuth.LOOPBACK), clock);
    }

    @Bean
    SmtpProtocol submission(
            PostriderProperties properties,
            Store store,
            Authenticator authenticator,
            InstantSource clock) {
        var settings =
                SmtpSettings.submission(properties.serverName()).withLimits(smtpLimits(properties));
        return new SmtpProtocol(settings, store, sasl(authenticator, properties), clock);
    }

    @Bean
    Pop3Protocol pop3(PostriderProperties properties, Store store, Authenticator authenticator) {
        return new Pop3Protocol(
                Pop3Settings.standard(properties.serverName().value()),
                store,
                sasl(authenticator, properties));
    }

    @Bean
    ImapProtocol imap(
            PostriderProperties properties,
            Store store,
            Authenticator authenticator,
            InstantSource clock) {
        var limits =
                ImapLimits.DEFAULT.withMessageOctets(properties.limits().messageSize().toBytes());
        return new ImapProtocol(
                new ImapSettings(limits), store, sasl(authenticator, properties), clock);
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

    private static Sasl sasl(Authenticator authenticator, PostriderProperties properties) {
        return sasl(authenticator, properties.login().plainText() == PlainText.LOOPBACK);
    }

    private static Sasl sasl(Authenticator authenticator, boolean loopback) {
        return new PasswordSasl(
                authenticator, loopback ? PlainTextLogin.TLS_OR_LOOPBACK : PlainTextLogin.TLS);
    }

    private static SmtpLimits smtpLimits(PostriderProperties properties) {
        return SmtpLimits.defaults().withMessageOctets(properties.limits().messageSize().toBytes());
    }
}
