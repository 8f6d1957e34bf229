package org.postrider.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.postrider.storage.mailbox.Delivery;
import org.postrider.storage.mailbox.MailboxId;
import org.postrider.storage.mailbox.ObjectId;
import org.postrider.storage.mailbox.StoredMessage;
import org.postrider.storage.mailbox.UidSet;

/// What names a message for ever, and what is computed of it when it comes: identifiers, threads,
/// previews.
abstract class IdentityContract extends StoreFixture {

    @Test
    void anAnswerIsOfTheThreadOfWhatItAnswersWhicheverComesFirst() throws Exception {
        deliver(alice, "", mail("a", ""));
        deliver(alice, "", mail("b", "In-Reply-To: <a@x> (of yesterday)\r\n"));
        deliver(alice, "", mail("c", "References: <0@x> <a@x>\r\n <b@x>\r\n"));
        deliver(alice, "", mail("other", ""));
        deliver(alice, "", mail("reply", "References: <lost@x>\r\n"));
        deliver(alice, "", mail("lost", ""));
        var threads = threads(inbox(alice));
        assertThat(threads.subList(0, 3)).containsOnly(threads.get(0));
        assertThat(threads.get(3)).isNotEqualTo(threads.get(0));
        assertThat(threads.get(5)).isEqualTo(threads.get(4)).isNotEqualTo(threads.get(3));
        reopen();
        deliver(alice, "", mail("late", "In-Reply-To: <c@x>\r\n"));
        assertThat(threads(inbox(alice)).get(6)).isEqualTo(threads.get(0));
    }

    @Test
    void messagesThatReferToNothingAreThreadsOfTheirOwn() throws Exception {
        deliver(alice, "", MESSAGE);
        deliver(alice, "", MESSAGE);
        assertThat(threads(inbox(alice))).doesNotHaveDuplicates().hasSize(2);
        assertThat(count("select count(*) from thread_ref")).isZero();
    }

    @Test
    void threadsAreOfOneAccount() throws Exception {
        var bob = org.postrider.storage.testing.TestStores.account(store, "bob@example.test");
        try (var staged = staged(mail("a", ""))) {
            store.messages()
                    .deliver(
                            new Delivery(
                                    staged,
                                    NOON,
                                    List.of(recipient(alice.id(), ""), recipient(bob.id(), ""))));
        }
        deliver(bob, "", mail("b", "In-Reply-To: <a@x>\r\n"));
        var threads = threads(inbox(bob));
        assertThat(threads.get(0)).isEqualTo(threads.get(1));
        assertThat(threads(inbox(alice))).doesNotContainAnyElementsOf(threads);
    }

    @Test
    void copiesKeepTheirIdentifiersAndMailboxesTheirs() throws Exception {
        deliver(alice, "", mail("a", ""));
        var folder = create("Folder");
        done(store.messages().copy(inbox(alice), UidSet.of(1), folder));
        var original = one(inbox(alice), 1);
        var copy = one(folder, 1);
        assertThat(copy).isEqualTo(original);
        deliver(alice, "", mail("a", ""));
        assertThat(one(inbox(alice), 2).email()).isNotEqualTo(original.email());
        assertThat(one(inbox(alice), 2).thread()).isEqualTo(original.thread());
        assertThat(original.email()).matches("[A-Za-z0-9_-]{1,255}");
        assertThat(folder.objectId())
                .matches("[A-Za-z0-9_-]{1,255}")
                .isNotEqualTo(inbox(alice).objectId());
        assertThat(ObjectId.email(original.email())).isPresent();
        assertThat(ObjectId.email(original.thread().orElseThrow())).isEmpty();
    }

    @Test
    void aMetaOfTheFirstVersionIsReadAndRenewedWhenItsPreviewIsAskedFor() throws Exception {
        deliver(alice, "", OldMeta.MESSAGE);
        deliver(alice, "", mail("two", "In-Reply-To: <one@example.test>\r\n"));
        var before = one(inbox(alice), 1);
        makeOld();
        read(
                inbox(alice),
                1,
                message -> {
                    assertThat(message.meta().isCurrent()).isFalse();
                    assertThat(message.meta().envelope().subject())
                            .isEqualTo("=?utf-8?q?Gr=C3=BC=C3=9Fe?=");
                    assertThat(message.meta().fields("references")).hasSize(1);
                    assertThat(message.threadId()).isEmpty();
                });
        assertThat(one(inbox(alice), 1).preview()).isEqualTo("Viele Grüße aus Köln");
        deliver(alice, "", MESSAGE); // behind what was sent to the lane before
        read(inbox(alice), 1, message -> assertThat(message.meta().isCurrent()).isTrue());
        assertThat(one(inbox(alice), 1)).isEqualTo(before);
    }

    @Test
    void allMetasOfTheFirstVersionAreRenewedInTime() throws Exception {
        for (int i = 0; i < 3; i++) {
            deliver(alice, "", OldMeta.MESSAGE);
        }
        makeOld();
        try (var connection = connection()) {
            connection.createStatement().execute("delete from store_info where k = 'meta_version'");
        }
        reopen();
        ((JdbcStore) store).upkeep().run("metas");
        for (int uid = 1; uid <= 3; uid++) {
            read(inbox(alice), uid, message -> assertThat(message.meta().isCurrent()).isTrue());
        }
        assertThat(threads(inbox(alice)).stream().distinct()).hasSize(1).doesNotContain("");
        assertThat(count("select v from store_info where k = 'meta_version'")).isEqualTo(2);
    }

    private void makeOld() throws SQLException {
        store.close();
        try (var connection = connection();
                var update =
                        connection.prepareStatement(
                                "update message_meta set meta = ?, thread_id = 0 where uid <> 2")) {
            update.setBytes(1, OldMeta.coded());
            update.executeUpdate();
        }
        store = JdbcStore.open(settings, java.time.InstantSource.system());
    }

    private record Identity(String email, Optional<String> thread, String preview) {}

    private Identity one(MailboxId mailbox, long uid) throws Exception {
        var found = new ArrayList<Identity>();
        read(
                mailbox,
                uid,
                message ->
                        found.add(
                                new Identity(
                                        message.emailId(), message.threadId(), message.preview())));
        return found.getFirst();
    }

    private void read(
            MailboxId mailbox, long uid, org.postrider.storage.mailbox.Messages.Reader reader)
            throws Exception {
        store.messages().read(mailbox, UidSet.of(uid), reader);
    }

    private List<String> threads(MailboxId mailbox) throws Exception {
        var threads = new ArrayList<String>();
        store.messages()
                .read(
                        mailbox,
                        UidSet.range(1, 100),
                        (StoredMessage message) -> threads.add(message.threadId().orElse("")));
        return threads;
    }

    private static String mail(String id, String more) {
        return "Message-ID: <" + id + "@x>\r\n" + more + "Subject: s\r\n\r\nbody\r\n";
    }

    private Connection connection() throws SQLException {
        return DriverManager.getConnection(settings.url(), settings.user(), settings.password());
    }

    private long count(String sql) throws SQLException {
        try (var connection = connection();
                var row = connection.createStatement().executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }
}
