package org.postrider.storage.jdbc;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.IntStream;
import org.postrider.storage.Store;
import org.postrider.storage.directory.Account;
import org.postrider.storage.directory.PasswordHash;
import org.postrider.storage.mailbox.Delivery;
import org.postrider.storage.mailbox.FlagChange;
import org.postrider.storage.mailbox.Flags;
import org.postrider.storage.mailbox.MailboxId;
import org.postrider.storage.mailbox.MailboxName;
import org.postrider.storage.mailbox.NewMessage;
import org.postrider.storage.mailbox.SpecialUse;
import org.postrider.storage.mailbox.SystemFlag;
import org.postrider.storage.mailbox.UidSet;
import org.postrider.storage.testing.TestStores;

/// A bit of everything that a store can have been through, for the data of a schema that later ones
/// must read.
final class UpgradeHistory {

    static final List<String> ADDRESSES =
            List.of("alice@example.test", "bob@example.test", "carol@münchen.example");

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private static final String PLAIN =
            """
            From: Bob <bob@example.test>
            To: alice@example.test
            Subject: =?utf-8?q?Gr=C3=BC=C3=9Fe?= %1$d
            Message-ID: <%1$d@example.test>
            Date: Sun, 1 Mar 2026 12:00:00 +0100

            Hello %1$d
            """;

    private static final String MIXED =
            """
            From: Carol <carol@example.test>
            To: Alice <alice@example.test>, bob@example.test
            Cc: "D, E" <de@example.test>
            Subject: with parts
            In-Reply-To: <1@example.test>
            MIME-Version: 1.0
            Content-Type: multipart/mixed; boundary=cut

            --cut
            Content-Type: text/plain; charset=iso-8859-1
            Content-Transfer-Encoding: quoted-printable

            caf=E9
            --cut
            Content-Type: message/rfc822

            From: inner@example.test
            Subject: inside

            inner text
            --cut
            Content-Type: application/pdf; name="a.pdf"
            Content-Disposition: attachment; filename="a.pdf"
            Content-Transfer-Encoding: base64

            QUJDREVGRw==
            --cut--
            """;

    private final Store store;
    private final List<Account> accounts = new ArrayList<>();

    private UpgradeHistory(Store store) {
        this.store = store;
    }

    static void run(Store store) {
        var history = new UpgradeHistory(store);
        ADDRESSES.forEach(each -> history.accounts.add(TestStores.account(store, each)));
        history.deliveries();
        history.flags();
        history.mailboxes();
        history.maildrop();
    }

    /// Changes what an account has in every way.
    static void goOn(Store store, Account account) {
        var history = new UpgradeHistory(store);
        history.accounts.add(account);
        history.deliver(PLAIN.formatted(99), "", 0);
        var inbox = history.mailbox(0, "INBOX");
        history.flag(inbox, UidSet.range(1, 9), new FlagChange.Add(Flags.of(SystemFlag.DELETED)));
        var target = history.create(0, "Afterwards", SpecialUse.NONE);
        done(store.messages().copy(inbox, UidSet.range(1, 9), target));
        history.flag(
                target,
                UidSet.range(1, 9),
                new FlagChange.Replace(new Flags(Set.of(), List.of("later"))));
        done(store.messages().expunge(inbox, UidSet.range(1, 3)));
        history.rename(0, "INBOX", "Everything");
        done(store.mailboxes().delete(account.id(), new MailboxName("Afterwards")));
    }

    private void deliveries() {
        deliver(MIXED, "Received: for all\n", 0, 1, 2);
        for (int i = 1; i <= 6; i++) {
            deliver(PLAIN.formatted(i), "Return-Path: <bob@example.test>\n", 0);
        }
        deliver(PLAIN.formatted(7), "", 1, 2);
        var large = new StringBuilder("Subject: large\n\n");
        for (int i = 0; i < 15_000; i++) {
            large.append("a line that stands here often, so that it is packed well\n");
        }
        deliver(large.toString(), "Received: large\n", 0, 1);
        TestStores.setPassword(store, accounts.get(1).id(), new PasswordHash("{test}changed"));
    }

    private void flags() {
        var inbox = mailbox(0, "INBOX");
        flag(inbox, UidSet.range(1, 3), new FlagChange.Add(Flags.of(SystemFlag.SEEN)));
        flag(
                inbox,
                UidSet.of(2, 5),
                new FlagChange.Add(
                        new Flags(Set.of(SystemFlag.FLAGGED), List.of("$Work", "später"))));
        flag(inbox, UidSet.of(2), new FlagChange.Remove(new Flags(Set.of(), List.of("$WORK"))));
        flag(inbox, UidSet.of(4, 6), new FlagChange.Add(Flags.of(SystemFlag.DELETED)));
        done(store.messages().expunge(inbox, UidSet.range(1, 5)));
        store.mailboxes().claimRecent(ViewWatcher.view(store, inbox));
        deliver(PLAIN.formatted(8), "", 0);
    }

    private void mailboxes() {
        var work = create(0, "Work/2026/März", SpecialUse.NONE);
        append(work, new Flags(Set.of(SystemFlag.DRAFT), List.of("other", "$Work")), 9, 10, 11);
        done(store.messages().copy(mailbox(0, "INBOX"), UidSet.of(1, 2, 5), work));
        done(store.messages().copy(work, UidSet.of(4), work));
        // Every keyword that has a bit.
        var words = IntStream.range(0, 47).mapToObj(i -> "k" + i).toList();
        var full = create(0, "Full", SpecialUse.NONE);
        append(full, new Flags(Set.of(), words), 12);
        append(full, new Flags(Set.of(), List.of("k46")), 13);
        rename(0, "Work", "Job/Old");
        done(store.mailboxes().delete(accounts.get(0).id(), new MailboxName("Full")));
        create(0, "Full", SpecialUse.NONE);
        append(mailbox(0, "Full"), new Flags(Set.of(), words), 14);
        store.mailboxes().subscribe(accounts.get(0).id(), new MailboxName("Not there"));
        store.mailboxes().unsubscribe(accounts.get(0).id(), new MailboxName("Junk"));
        rename(2, "INBOX", "Before");
        deliver(PLAIN.formatted(15), "", 2);
    }

    private void maildrop() {
        deliver(PLAIN.formatted(16), "", 1);
        var maildrop = done(store.maildrops().open(accounts.get(1).id(), "history"));
        done(maildrop.update(UidSet.of(1, 2), UidSet.of(2, 3)));
        flag(mailbox(1, "INBOX"), UidSet.of(3), new FlagChange.Remove(Flags.of(SystemFlag.SEEN)));
    }

    private void deliver(String message, String trace, int... to) {
        var octets = crlf(trace).getBytes(StandardCharsets.ISO_8859_1);
        var recipients =
                IntStream.of(to)
                        .mapToObj(i -> new Delivery.Recipient(accounts.get(i).id(), octets))
                        .toList();
        try (var staged = TestStores.staged(store, crlf(message))) {
            store.messages()
                    .deliver(new Delivery(staged, NOON, recipients))
                    .forEach(StoreFixture::done);
        }
    }

    private void append(MailboxId mailbox, Flags flags, int... numbers) {
        var messages =
                IntStream.of(numbers)
                        .mapToObj(i -> TestStores.staged(store, crlf(PLAIN.formatted(i))))
                        .map(staged -> new NewMessage(staged, flags, NOON.minusSeconds(86_400)))
                        .toList();
        done(store.messages().append(mailbox, messages));
        messages.forEach(message -> message.message().close());
    }

    private void flag(MailboxId mailbox, UidSet uids, FlagChange change) {
        done(store.messages().storeFlags(mailbox, uids, change, OptionalLong.empty()));
    }

    private MailboxId create(int account, String name, SpecialUse use) {
        var id = accounts.get(account).id();
        return done(store.mailboxes().create(id, new MailboxName(name), use)).id();
    }

    private void rename(int account, String from, String to) {
        var id = accounts.get(account).id();
        done(store.mailboxes().rename(id, new MailboxName(from), new MailboxName(to)));
    }

    private MailboxId mailbox(int account, String name) {
        var id = accounts.get(account).id();
        return store.mailboxes().find(id, new MailboxName(name)).orElseThrow().id();
    }

    private static String crlf(String text) {
        return text.replace("\n", "\r\n");
    }

    private static <T> T done(org.postrider.storage.mailbox.Outcome<T> outcome) {
        return StoreFixture.done(outcome);
    }
}
