package org.postrider.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.DriverManager;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.postrider.storage.directory.Quota;
import org.postrider.storage.jdbc.database.Session;
import org.postrider.storage.mailbox.FlagChange;
import org.postrider.storage.mailbox.Flags;
import org.postrider.storage.mailbox.MailboxId;
import org.postrider.storage.mailbox.NewMessage;
import org.postrider.storage.mailbox.Refusal;
import org.postrider.storage.mailbox.SystemFlag;
import org.postrider.storage.mailbox.UidSet;
import org.postrider.storage.testing.TestStores;

/// What the store promises of moving messages.
abstract class MoveContract extends StoreFixture {

    @Test
    void aMoveIsOneChangeThatKeepsWhatTheMessageSays() throws Exception {
        var inbox = inbox(alice);
        deliver(alice, "Return-Path: <>\r\n", MESSAGE);
        deliver(alice, "", MESSAGE);
        var flags = new Flags(java.util.Set.of(SystemFlag.SEEN), List.of("$Work"));
        store(inbox, UidSet.of(1), new FlagChange.Add(flags));
        var folder = create("Folder");
        append(folder, Flags.NONE);
        var before = view(inbox);
        long modSeq = before.highestModSeq().value();
        var moved = done(store.messages().move(inbox, UidSet.of(1, 9), folder));
        assertThat(moved.sources()).isEqualTo(UidSet.of(1));
        assertThat(moved.targets()).isEqualTo(UidSet.of(2));
        assertThat(moved.uidValidity()).isEqualTo(view(folder).uidValidity());
        assertThat(view(inbox).since(before).expunged()).isEqualTo(UidSet.of(1));
        var target = view(folder);
        assertThat(target.highestModSeq()).isEqualTo(view(inbox).highestModSeq());
        assertThat(target.highestModSeq().value()).isGreaterThan(modSeq);
        assertThat(target.flags(1)).isEqualTo(flags);
        assertThat(target.internalDate(1)).isEqualTo(NOON);
        assertThat(target.octets(1)).isEqualTo(before.octets(0));
        assertThat(read(folder, UidSet.of(2))).containsExactly("Return-Path: <>\r\n" + MESSAGE);
        assertThat(read(inbox, UidSet.of(1))).containsExactly("Return-Path: <>\r\n" + MESSAGE);
    }

    @Test
    void theMessageMovedIsTheSameOneAndCameNowWhereItIs() throws Exception {
        var inbox = inbox(alice);
        deliver(alice, "", MESSAGE);
        var folder = create("Folder");
        done(store.messages().move(inbox, UidSet.of(1), folder));
        var rows =
                ask(
                        """
                        select distinct body_id, case when savedate > 0 then 1 else 0 end, prefix
                        from message_meta
                        """);
        assertThat(rows).as("the same body in both").hasSize(1);
        assertThat(ask("select origin from expunged")).containsExactly("3");
    }

    @Test
    void noQuotaRefusesAMove() throws Exception {
        deliver(alice, "", MESSAGE);
        var folder = create("Folder");
        TestStores.setQuota(
                store, alice.id(), new Quota.Limits(OptionalLong.of(1), OptionalLong.of(1)));
        var inbox = inbox(alice);
        assertThat(store.messages().copy(inbox, UidSet.of(1), folder))
                .isEqualTo(refused(Refusal.OVER_QUOTA));
        assertThat(done(store.messages().move(inbox, UidSet.of(1), folder)).targets())
                .isEqualTo(UidSet.of(1));
        assertThat(status(folder).messages()).isEqualTo(1);
        assertThat(status(inbox).messages()).isZero();
    }

    @Test
    void aMoveIntoTheSameMailboxGivesNewUids() throws Exception {
        var inbox = inbox(alice);
        for (int i = 1; i <= 3; i++) {
            deliver(alice, "", "Subject: " + i + "\r\n\r\n");
        }
        var moved = done(store.messages().move(inbox, UidSet.range(1, 2), inbox));
        assertThat(moved.sources()).isEqualTo(UidSet.range(1, 2));
        assertThat(moved.targets()).isEqualTo(UidSet.range(4, 5));
        assertThat(uids(inbox)).containsExactly(3L, 4L, 5L);
        assertThat(read(inbox, UidSet.of(5))).containsExactly("Subject: 2\r\n\r\n");
        var copied = done(store.messages().copy(inbox, UidSet.of(3, 5), inbox));
        assertThat(copied.targets()).isEqualTo(UidSet.range(6, 7));
        assertThat(uids(inbox)).containsExactly(3L, 4L, 5L, 6L, 7L);
    }

    @Test
    void nothingMovesWhereNothingIs() {
        var inbox = inbox(alice);
        var folder = create("Folder");
        long modSeq = view(folder).highestModSeq().value();
        var moved = done(store.messages().move(inbox, UidSet.range(1, 9), folder));
        assertThat(moved.sources()).isEqualTo(UidSet.EMPTY);
        assertThat(moved.targets()).isEqualTo(UidSet.EMPTY);
        assertThat(view(folder).highestModSeq().value()).isEqualTo(modSeq);
        var nowhere = new MailboxId(alice.id(), 77);
        assertThat(store.messages().move(inbox, UidSet.of(1), nowhere))
                .isEqualTo(refused(Refusal.NO_SUCH_MAILBOX));
        assertThat(store.messages().move(nowhere, UidSet.of(1), inbox))
                .isEqualTo(refused(Refusal.NO_SUCH_MAILBOX));
    }

    @Test
    void copiesOfCopiesInOneGroupAreWhole() throws Exception {
        var inbox = inbox(alice);
        var messages =
                List.of(
                        new NewMessage(staged("one"), Flags.NONE, NOON),
                        new NewMessage(staged("two"), Flags.NONE, NOON));
        done(store.messages().append(inbox, messages));
        var folder = create("Folder");
        for (int i = 0; i < 3; i++) {
            done(store.messages().copy(inbox, UidSet.range(1, 2), folder));
            done(store.messages().move(folder, UidSet.range(1, 99), create("Folder" + i)));
        }
        var last = store.mailboxes().find(alice.id(), name("Folder2")).orElseThrow().id();
        assertThat(read(last, UidSet.range(1, 9))).containsExactly("one\r\n", "two\r\n");
    }

    private static org.postrider.storage.mailbox.MailboxName name(String name) {
        return new org.postrider.storage.mailbox.MailboxName(name);
    }

    private List<Long> uids(MailboxId mailbox) {
        var view = view(mailbox);
        return java.util.stream.IntStream.range(0, view.size()).mapToObj(view::uid).toList();
    }

    private List<String> ask(String sql) throws Exception {
        store.close();
        try (var connection =
                DriverManager.getConnection(settings.url(), settings.user(), settings.password())) {
            return new Session(connection).query(sql, row -> row.getString(1));
        }
    }
}
