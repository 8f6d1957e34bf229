package org.postrider.imap.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import org.postrider.imap.wire.ImapLimits;
import org.postrider.storage.Store;
import org.postrider.storage.directory.Account;
import org.postrider.storage.mailbox.Flags;
import org.postrider.storage.mailbox.MailboxName;
import org.postrider.storage.mailbox.NewMessage;
import org.postrider.storage.mailbox.Outcome;
import org.postrider.storage.mailbox.SpecialUse;
import org.postrider.storage.testing.TestStores;
import org.postrider.transport.Listener;
import org.postrider.transport.ListenerSettings;
import org.postrider.transport.TlsMode;
import org.postrider.transport.Transport;
import org.postrider.transport.TransportLimits;
import org.postrider.transport.sasl.Authenticator.Verdict;
import org.postrider.transport.sasl.Identity;
import org.postrider.transport.sasl.PasswordSasl;
import org.postrider.transport.sasl.PlainTextLogin;
import org.postrider.transport.testing.Stage;
import org.postrider.transport.testing.TestTls;

/// An IMAP server for one dialogue, on an empty store with two accounts, alice and bob, whose
/// password is `secret`.
final class ImapStage implements Stage {

    private static final Instant DAY = Instant.parse("2026-03-01T12:00:00Z");

    private final Path directory;
    private final Store store;
    private final Transport transport;
    private final Listener listener;
    private final Account alice;
    private final Account bob;

    ImapStage() throws IOException {
        this(PlainTextLogin.TLS_OR_LOOPBACK, ImapLimits.DEFAULT);
    }

    ImapStage(PlainTextLogin policy, ImapLimits limits) throws IOException {
        this(TestStores::h2, policy, limits);
    }

    /// @param opening opens the store in an empty directory
    ImapStage(Function<Path, Store> opening) throws IOException {
        this(opening, PlainTextLogin.TLS_OR_LOOPBACK, ImapLimits.DEFAULT);
    }

    private ImapStage(Function<Path, Store> opening, PlainTextLogin policy, ImapLimits limits)
            throws IOException {
        directory = Files.createTempDirectory("imap");
        store = opening.apply(directory);
        alice = TestStores.account(store, "alice@example.test");
        bob = TestStores.account(store, "bob@example.test");
        var sasl = new PasswordSasl((name, password, _) -> verdict(name, password), policy);
        var protocol =
                new ImapProtocol(new ImapSettings(limits), store, sasl, InstantSource.fixed(DAY));
        transport = Transport.start(TransportLimits.standard());
        listener =
                transport.listen(
                        new ListenerSettings(
                                "imap",
                                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                                protocol,
                                TlsMode.STARTTLS,
                                TestTls.keys()));
    }

    Store store() {
        return store;
    }

    @Override
    public InetSocketAddress address() {
        return listener.address();
    }

    /// `message NAME in ACCOUNT MAILBOX`, `COUNT messages in ACCOUNT MAILBOX`, `mailbox NAME in
    /// ACCOUNT`.
    @Override
    public void given(String what) throws IOException {
        var words = what.split(" ", -1);
        if (words[0].equals("message")) {
            append(words[3], words[4], message(words[1]));
        } else if (words[0].equals("mailbox")) {
            done(
                    store.mailboxes()
                            .create(
                                    account(words[3]).id(),
                                    new MailboxName(words[1]),
                                    SpecialUse.NONE));
        } else {
            int count = Integer.parseInt(words[0]);
            for (int i = 1; i <= count; i++) {
                append(words[3], words[4], "Subject: number " + i + "\r\n\r\ntext " + i + "\r\n");
            }
        }
    }

    private void append(String account, String mailbox, String message) {
        var box =
                store.mailboxes()
                        .find(account(account).id(), new MailboxName(mailbox))
                        .orElseThrow();
        try (var staged = TestStores.staged(store, message)) {
            done(
                    store.messages()
                            .append(box.id(), List.of(new NewMessage(staged, Flags.NONE, DAY))));
        }
    }

    private Account account(String name) {
        return switch (name) {
            case "alice" -> alice;
            case "bob" -> bob;
            default -> throw new IllegalArgumentException(name);
        };
    }

    private static <T> T done(Outcome<T> outcome) {
        return switch (outcome) {
            case Outcome.Done<T>(var value) -> value;
            case Outcome.Refused<T>(var why) -> throw new IllegalStateException(why.toString());
        };
    }

    /// A message among the test's resources, with CRLF.
    static String message(String name) throws IOException {
        try (var file = ImapStage.class.getResourceAsStream("/messages/" + name + ".eml")) {
            if (file == null) {
                throw new IllegalArgumentException("no message " + name);
            }
            var text = new String(file.readAllBytes(), StandardCharsets.ISO_8859_1);
            return text.replace("\r\n", "\n").replace("\n", "\r\n");
        }
    }

    private Verdict verdict(String name, String password) {
        if (!password.equals("secret")) {
            return new Verdict.Rejected();
        }
        return switch (name) {
            case "alice", "alice@example.test" -> accepted(alice);
            case "bob", "bob@example.test" -> accepted(bob);
            default -> new Verdict.Rejected();
        };
    }

    private static Verdict accepted(Account account) {
        return new Verdict.Accepted(
                new Identity(account.id().value(), account.address().toString()));
    }

    @Override
    public void close() throws IOException {
        listener.close();
        transport.close();
        store.close();
        try (var files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder()).forEach(ImapStage::delete);
        }
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
