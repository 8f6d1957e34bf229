package org.postrider.pop3.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.postrider.storage.Store;
import org.postrider.storage.directory.Account;
import org.postrider.storage.testing.TestStores;
import org.postrider.transport.Connection;
import org.postrider.transport.Listener;
import org.postrider.transport.ListenerSettings;
import org.postrider.transport.TlsMode;
import org.postrider.transport.Transport;
import org.postrider.transport.TransportLimits;
import org.postrider.transport.sasl.Authenticator;
import org.postrider.transport.sasl.Identity;
import org.postrider.transport.sasl.PasswordSasl;
import org.postrider.transport.sasl.PlainTextLogin;
import org.postrider.transport.testing.TestTls;

/// A POP3 server on free loopback ports over an embedded store, with the accounts of alice and bob.
final class Pop3TestServer implements AutoCloseable {

    static final String PASSWORD = "open sesame";

    final Store store;
    final Account alice;
    final Account bob;

    /// Clear text, STLS offered, passwords taken on loopback.
    final InetSocketAddress clear;

    /// Clear text, STLS offered, passwords only under TLS.
    final InetSocketAddress strict;

    /// TLS from the first octet.
    final InetSocketAddress implicit;

    private final Transport transport;
    private final Store seen;

    Pop3TestServer(Path directory) throws IOException {
        this(directory, Pop3Limits.DEFAULT);
    }

    Pop3TestServer(Path directory, Pop3Limits limits) throws IOException {
        this(directory, limits, UnaryOperator.identity());
    }

    /// @param between makes the store that POP3 sees of the real one
    Pop3TestServer(Path directory, Pop3Limits limits, UnaryOperator<Store> between)
            throws IOException {
        this(TestStores.h2(directory), limits, between);
    }

    Pop3TestServer(Store store) throws IOException {
        this(store, Pop3Limits.DEFAULT, UnaryOperator.identity());
    }

    private Pop3TestServer(Store store, Pop3Limits limits, UnaryOperator<Store> between)
            throws IOException {
        this.store = store;
        alice = TestStores.account(store, "alice@example.test");
        bob = TestStores.account(store, "bob@example.test");
        transport = Transport.start(TransportLimits.standard());
        seen = between.apply(store);
        var settings = new Pop3Settings("mail.example.test", true, limits);
        clear = listen(settings, PlainTextLogin.TLS_OR_LOOPBACK, TlsMode.STARTTLS);
        strict = listen(settings, PlainTextLogin.TLS, TlsMode.STARTTLS);
        implicit = listen(settings, PlainTextLogin.TLS, TlsMode.IMPLICIT);
    }

    Inbox inbox(Account account) {
        return new Inbox(store, account);
    }

    /// Ends every connection and takes no more.
    void stopListening() {
        transport.close();
    }

    @Override
    public void close() {
        transport.close();
        store.close();
    }

    private InetSocketAddress listen(Pop3Settings settings, PlainTextLogin logins, TlsMode tls)
            throws IOException {
        var sasl = new PasswordSasl(this::verify, logins);
        Listener listener =
                transport.listen(
                        new ListenerSettings(
                                "pop3",
                                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                                new Pop3Protocol(settings, seen, sasl),
                                tls,
                                TestTls.keys()));
        return listener.address();
    }

    private Authenticator.Verdict verify(String name, String password, Connection from) {
        if (name.startsWith("undecided@")) {
            return new Authenticator.Verdict.Unavailable();
        }
        for (var account : new Account[] {alice, bob}) {
            if (name.equals(account.address().toString()) && password.equals(PASSWORD)) {
                return new Authenticator.Verdict.Accepted(new Identity(account.id().value(), name));
            }
        }
        return new Authenticator.Verdict.Rejected();
    }
}
