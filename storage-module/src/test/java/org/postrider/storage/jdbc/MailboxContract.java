package org.postrider.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.postrider.storage.address.MailAddress;
import org.postrider.storage.directory.AccountId;
import org.postrider.storage.directory.Directory;
import org.postrider.storage.directory.PasswordHash;
import org.postrider.storage.mailbox.Flags;
import org.postrider.storage.mailbox.MailboxEntry;
import org.postrider.storage.mailbox.MailboxName;
import org.postrider.storage.mailbox.Refusal;
import org.postrider.storage.mailbox.SpecialUse;
import org.postrider.storage.mailbox.UidSet;
import org.postrider.storage.testing.TestStores;

/// What the store promises of mailboxes and accounts.
abstract class MailboxContract extends StoreFixture {

    @Test
    void anAccountHasItsMailboxesSubscribed() {
        var names = names();
        assertThat(names).containsExactly("Archive", "Drafts", "INBOX", "Junk", "Sent", "Trash");
        assertThat(store.mailboxes().subscriptions(alice.id())).hasSize(6);
        assertThat(entry("Sent").specialUse()).isEqualTo(SpecialUse.SENT);
        assertThat(store.mailboxes().list(new AccountId(77))).isEmpty();
    }

    @Test
    void theDirectoryKnowsWhoHasMailHere() {
        var directory = store.directory();
        var address = MailAddress.parse("ALICE@Example.TEST").orElseThrow();
        assertThat(directory.resolve(address))
                .isEqualTo(
                        new Directory.Resolution.Recipients(
                                List.of(new Directory.Destination.Here(alice, Optional.empty()))));
        assertThat(directory.resolve(MailAddress.parse("nobody@example.test").orElseThrow()))
                .isEqualTo(new Directory.Resolution.NoSuchUser());
        assertThat(directory.resolve(MailAddress.parse("alice@elsewhere.test").orElseThrow()))
                .isEqualTo(new Directory.Resolution.NotLocal());
        assertThat(directory.find(alice.id())).contains(alice);
        var changed = new PasswordHash("$another$hash");
        TestStores.setPassword(store, alice.id(), changed);
        assertThat(directory.credential(address).orElseThrow().password()).isEqualTo(changed);
    }

    @Test
    void creatingMakesWhatIsMissingAbove() {
        create("a/b/c");
        assertThat(names()).contains("a", "a/b", "a/b/c");
        assertThat(store.mailboxes().create(alice.id(), name("a/b"), SpecialUse.NONE))
                .isEqualTo(refused(Refusal.ALREADY_EXISTS));
        assertThat(store.mailboxes().create(alice.id(), MailboxName.INBOX, SpecialUse.NONE))
                .isEqualTo(refused(Refusal.INBOX));
        create("Inbox/below");
        assertThat(names()).contains("INBOX/below");
    }

    @Test
    void aDeletedMailboxIsGoneAndItsNameStartsAfresh() throws Exception {
        var folder = create("Folder");
        var before = entry("Folder").uidValidity();
        append(folder, Flags.NONE);
        done(store.mailboxes().create(alice.id(), name("Folder/inner"), SpecialUse.NONE));
        assertThat(store.mailboxes().delete(alice.id(), name("Folder")))
                .isEqualTo(refused(Refusal.HAS_INFERIORS));
        done(store.mailboxes().delete(alice.id(), name("Folder/inner")));
        try (var feed = done(store.mailboxes().follow(folder, () -> {}))) {
            done(store.mailboxes().delete(alice.id(), name("Folder")));
            assertThat(feed.current().deleted()).isTrue();
            assertThat(feed.current().size()).isEqualTo(1);
        }
        assertThat(read(folder, UidSet.of(1))).containsExactly(MESSAGE);
        assertThat(store.mailboxes().status(folder)).isEqualTo(refused(Refusal.NO_SUCH_MAILBOX));
        assertThat(store.mailboxes().follow(folder, () -> {}))
                .isEqualTo(refused(Refusal.NO_SUCH_MAILBOX));
        assertThat(store.messages().expunge(folder, UidSet.of(1)))
                .isEqualTo(refused(Refusal.NO_SUCH_MAILBOX));
        assertThat(store.mailboxes().delete(alice.id(), name("Folder")))
                .isEqualTo(refused(Refusal.NO_SUCH_MAILBOX));
        assertThat(store.mailboxes().delete(alice.id(), MailboxName.INBOX))
                .isEqualTo(refused(Refusal.INBOX));
        assertThat(status(create("Folder")).messages()).isZero();
        assertThat(entry("Folder").uidValidity().value()).isGreaterThan(before.value());
    }

    @Test
    void renamingKeepsWhatIsInside() {
        var folder = create("a/b");
        append(folder, Flags.NONE);
        var before = view(folder);
        var renamed = done(store.mailboxes().rename(alice.id(), name("a"), name("x/y")));
        assertThat(renamed.name()).isEqualTo(name("x/y"));
        assertThat(names()).contains("x", "x/y", "x/y/b").doesNotContain("a", "a/b");
        assertThat(entry("x/y/b").id()).isEqualTo(folder);
        var after = view(folder);
        assertThat(after.highestModSeq()).isEqualTo(before.highestModSeq());
        assertThat(after.uidValidity()).isEqualTo(before.uidValidity());
        assertThat(store.mailboxes().rename(alice.id(), name("x"), name("Sent")))
                .isEqualTo(refused(Refusal.ALREADY_EXISTS));
        assertThat(store.mailboxes().rename(alice.id(), name("x"), name("x/z")))
                .isEqualTo(refused(Refusal.BAD_NAME));
        assertThat(store.mailboxes().rename(alice.id(), name("no"), name("yes")))
                .isEqualTo(refused(Refusal.NO_SUCH_MAILBOX));
    }

    @Test
    void renamingInboxMovesItsMessages() throws Exception {
        deliver(alice, "", MESSAGE);
        deliver(alice, "", MESSAGE);
        create("INBOX/below");
        var inbox = inbox(alice);
        var before = status(inbox);
        var old = done(store.mailboxes().rename(alice.id(), MailboxName.INBOX, name("Old/2026")));
        assertThat(status(old.id()).messages()).isEqualTo(2);
        assertThat(read(old.id(), UidSet.range(1, 2))).containsExactly(MESSAGE, MESSAGE);
        var after = status(inbox(alice));
        assertThat(inbox(alice)).isEqualTo(inbox);
        assertThat(after.messages()).isZero();
        assertThat(after.uidNext()).isEqualTo(before.uidNext());
        assertThat(after.uidValidity()).isEqualTo(before.uidValidity());
        assertThat(names()).contains("INBOX/below", "Old", "Old/2026");
    }

    @Test
    void subscriptionsAreNamesAndOutliveMailboxes() {
        create("Folder");
        store.mailboxes().subscribe(alice.id(), name("Folder"));
        store.mailboxes().subscribe(alice.id(), name("Folder"));
        store.mailboxes().subscribe(alice.id(), name("not/there"));
        done(store.mailboxes().delete(alice.id(), name("Folder")));
        store.mailboxes().unsubscribe(alice.id(), name("Trash"));
        store.mailboxes().unsubscribe(alice.id(), name("Trash"));
        reopen();
        assertThat(store.mailboxes().subscriptions(alice.id()))
                .contains(name("Folder"), name("not/there"))
                .doesNotContain(name("Trash"))
                .hasSize(7);
    }

    private static MailboxName name(String value) {
        return new MailboxName(value);
    }

    private MailboxEntry entry(String name) {
        return store.mailboxes().find(alice.id(), name(name)).orElseThrow();
    }

    private List<String> names() {
        return store.mailboxes().list(alice.id()).stream()
                .map(entry -> entry.name().value())
                .toList();
    }
}
