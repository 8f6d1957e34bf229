package org.postrider.smtp.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.postrider.storage.Store;
import org.postrider.storage.address.DomainName;
import org.postrider.storage.directory.Account;
import org.postrider.storage.directory.Quota;
import org.postrider.storage.mailbox.MailboxName;
import org.postrider.storage.mailbox.Outcome;
import org.postrider.storage.mailbox.UidSet;
import org.postrider.storage.testing.TestStores;
import org.postrider.transport.ListenerSettings;
import org.postrider.transport.TlsMode;
import org.postrider.transport.Transport;
import org.postrider.transport.TransportLimits;
import org.postrider.transport.sasl.PasswordSasl;
import org.postrider.transport.sasl.PlainTextLogin;
import org.postrider.transport.testing.TestTls;

/// SMTP on free ports of the loopback interface over a store of its own, with the accounts alice
/// and bob of example.test.
final class SmtpServer implements AutoCloseable {

    static final DomainName HOSTNAME = new DomainName("mx.example.test");

    private final Store store;
    private final Transport transport;
    private final Account alice;
    private final Account bob;

    SmtpServer(Path directory) throws IOException {
        this(directory, TransportLimits.standard());
    }

    SmtpServer(Path directory, TransportLimits limits) throws IOException {
        this(TestStores.h2(directory), limits);
    }

    SmtpServer(Store store) throws IOException {
        this(store, TransportLimits.standard());
    }

    private SmtpServer(Store store, TransportLimits limits) throws IOException {
        this.store = store;
        alice = TestStores.account(store, "alice@example.test");
        bob = TestStores.account(store, "bob@example.test");
        transport = Transport.start(limits);
    }

    Account alice() {
        return alice;
    }

    Account bob() {
        return bob;
    }

    Store store() {
        return store;
    }

    InetSocketAddress listen(SmtpSettings settings, PlainTextLogin plainText, TlsMode tls)
            throws IOException {
        var keys = tls == TlsMode.NONE ? null : TestTls.keys();
        var sasl = new PasswordSasl(new TestAuthenticator(store.directory()), plainText);
        var protocol = new SmtpProtocol(settings, store, sasl, Clock.systemUTC());
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        return transport
                .listen(new ListenerSettings("test", address, protocol, tls, keys))
                .address();
    }

    /// Gives an account a quota.
    void limit(Account account, long octets, long messages) {
        var limits = new Quota.Limits(OptionalLong.of(octets), OptionalLong.of(messages));
        TestStores.setQuota(store, account.id(), limits);
    }

    /// A message as it is stored, one character an octet.
    record Stored(String traceFields, String message) {}

    /// What is in an account's INBOX, in the order of arrival.
    List<Stored> inbox(Account account) throws IOException {
        var mailboxes = store.mailboxes();
        var inbox = mailboxes.find(account.id(), MailboxName.INBOX).orElseThrow().id();
        var stored = new ArrayList<Stored>();
        store.messages()
                .read(
                        inbox,
                        UidSet.range(1, Integer.MAX_VALUE),
                        message -> {
                            try (var octets = message.open()) {
                                var all = new String(octets.readAllBytes(), ISO_8859_1);
                                int body = message.traceOctets();
                                stored.add(new Stored(all.substring(0, body), all.substring(body)));
                            }
                        });
        return stored;
    }

    int count(Account account) throws IOException {
        var mailboxes = store.mailboxes();
        var inbox = mailboxes.find(account.id(), MailboxName.INBOX).orElseThrow().id();
        return switch (mailboxes.status(inbox)) {
            case Outcome.Done(var status) -> status.messages();
            case Outcome.Refused(var why) -> throw new IllegalStateException(why.toString());
        };
    }

    @Override
    public void close() {
        transport.close();
        store.close();
    }
}
