package org.postrider.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.DriverManager;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.postrider.storage.StoreLimits;
import org.postrider.storage.StoreSettings;
import org.postrider.storage.jdbc.command.CopyCommand;
import org.postrider.storage.jdbc.command.SpecialUseCommand;
import org.postrider.storage.jdbc.database.Session;
import org.postrider.storage.jdbc.group.ApplyCommand;
import org.postrider.storage.mailbox.Copied;
import org.postrider.storage.mailbox.FlagChange;
import org.postrider.storage.mailbox.Flags;
import org.postrider.storage.mailbox.MailboxId;
import org.postrider.storage.mailbox.MailboxName;
import org.postrider.storage.mailbox.Outcome;
import org.postrider.storage.mailbox.SpecialUse;
import org.postrider.storage.mailbox.SystemFlag;
import org.postrider.storage.mailbox.UidSet;
import org.postrider.storage.mailbox.Undelete;

/// Large changes are records first, and nobody sees when their rows follow.
abstract class RangeContract extends StoreFixture {

    private static final Duration NEVER = Duration.ofDays(1);

    /// A store on which a change of two messages is large, and rows follow only when they are told.
    private void openPatient() {
        openWith(new StoreLimits.Ranges(2, NEVER));
    }

    private void openWith(StoreLimits.Ranges ranges) {
        store.close();
        settings = settings.withLimits(settings.limits().with(ranges));
        store = JdbcStore.open(settings, InstantSource.system());
    }

    private void deliver(int messages) {
        for (int i = 1; i <= messages; i++) {
            deliver(alice, "", text(i));
        }
    }

    private static String text(int number) {
        return "Subject: " + number + "\r\n\r\n";
    }

    @Test
    void aLargeChangeOfFlagsIsThereBeforeItsRows() throws Exception {
        openPatient();
        deliver(4);
        var inbox = inbox(alice);
        long before = view(inbox).highestModSeq().value();
        store(inbox, UidSet.range(1, 3), new FlagChange.Add(keywords("$Work")));
        store(inbox, UidSet.of(2), new FlagChange.Add(Flags.of(SystemFlag.SEEN)));
        assertThat(ask("select sum(flags) from message")).containsExactly("0");
        reopen();
        var view = view(inbox);
        assertThat(view.flags(0)).isEqualTo(keywords("$Work"));
        assertThat(view.flags(1).has(SystemFlag.SEEN)).isTrue();
        assertThat(view.flags(3)).isEqualTo(Flags.NONE);
        assertThat(view.modSeq(0).value()).isEqualTo(before + 1);
        assertThat(view.modSeq(1).value()).isEqualTo(before + 2);
        assertThat(status(inbox).unseen()).isEqualTo(3);
        catchUp();
        assertThat(ask("select count(*) from message where flags = 0")).containsExactly("1");
        reopen();
        assertThat(view(inbox).since(view).changed()).isEqualTo(UidSet.EMPTY);
        assertThat(view(inbox).modSeq(1)).isEqualTo(view.modSeq(1));
        assertThat(view(inbox).highestModSeq()).isEqualTo(view.highestModSeq());
    }

    @Test
    void onlyWhatIsUnchangedSinceIsFlaggedWhereRowsAreBehind() {
        openPatient();
        deliver(5);
        var inbox = inbox(alice);
        store(inbox, UidSet.of(1, 2, 4), new FlagChange.Add(Flags.of(SystemFlag.FLAGGED)));
        long since = view(inbox).highestModSeq().value();
        store(inbox, UidSet.of(2), new FlagChange.Add(Flags.of(SystemFlag.ANSWERED)));
        reopen();
        var flag = new FlagChange.Add(Flags.of(SystemFlag.FLAGGED, SystemFlag.SEEN));
        var stored =
                done(
                        store.messages()
                                .storeFlags(
                                        inbox, UidSet.range(1, 9), flag, OptionalLong.of(since)));
        assertThat(stored.changed()).isEqualTo(UidSet.of(1, 3, 4, 5));
        assertThat(stored.modified()).isEqualTo(UidSet.of(2));
        long after = view(inbox).highestModSeq().value();
        assertThat(store(inbox, UidSet.of(1, 3, 4, 5), flag).changed()).isEqualTo(UidSet.EMPTY);
        assertThat(view(inbox).highestModSeq().value()).isEqualTo(after);
    }

    @Test
    void copiesAreReadBeforeTheirRowsAreThere() throws Exception {
        openPatient();
        deliver(5);
        var inbox = inbox(alice);
        var folder = create("Folder");
        append(folder, Flags.NONE);
        done(store.messages().copy(inbox, UidSet.of(1, 2, 4, 5), folder));
        var other = create("Other");
        done(store.messages().move(folder, UidSet.of(2, 4, 5), other));
        done(store.messages().copy(other, UidSet.of(2), inbox));
        done(store.messages().move(other, UidSet.range(1, 2), other));
        assertCopies(inbox, folder, other);
        assertThat(ask("select count(*) from message_meta")).containsExactly("7");
        reopen();
        assertCopies(inbox, folder, other);
        catchUp();
        assertCopies(inbox, folder, other);
        assertThat(ask("select count(*) from message_meta")).containsExactly("16");
        reopen();
        assertCopies(inbox, folder, other);
    }

    private void assertCopies(MailboxId inbox, MailboxId folder, MailboxId other) throws Exception {
        assertThat(read(inbox, UidSet.range(1, 9)))
                .containsExactly(text(1), text(2), text(3), text(4), text(5), text(4));
        assertThat(read(folder, UidSet.range(1, 9)))
                .containsExactly(MESSAGE, text(1), text(2), text(4), text(5));
        assertThat(read(other, UidSet.range(1, 9)))
                .containsExactly(text(1), text(4), text(5), text(1), text(4));
        assertThat(read(other, UidSet.of(2, 4))).containsExactly(text(4), text(1));
        assertThat(uids(inbox)).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
        assertThat(uids(folder)).containsExactly(1L, 3L);
        assertThat(uids(other)).containsExactly(3L, 4L, 5L);
    }

    @Test
    void mailArrivesInAMailboxThatIsBehind() throws Exception {
        openPatient();
        deliver(3);
        var inbox = inbox(alice);
        store(inbox, UidSet.range(1, 3), new FlagChange.Add(Flags.of(SystemFlag.DELETED)));
        done(store.messages().expunge(inbox, UidSet.range(1, 2)));
        deliver(alice, "X-Trace: yes\r\n", text(4));
        append(inbox, Flags.of(SystemFlag.SEEN));
        assertThat(ask("select count(*) from message")).containsExactly("3");
        reopen();
        assertThat(status(inbox).recent()).isEqualTo(3);
        assertThat(uids(inbox)).containsExactly(3L, 4L, 5L);
        assertThat(read(inbox, UidSet.range(1, 9)))
                .containsExactly(text(1), text(2), text(3), "X-Trace: yes\r\n" + text(4), MESSAGE);
        done(store.messages().expunge(inbox, UidSet.of(3)));
        store(inbox, UidSet.of(4), new FlagChange.Add(Flags.of(SystemFlag.FLAGGED)));
        catchUp();
        assertThat(ask("select uid from message order by uid")).containsExactly("4", "5");
        assertThat(ask("select uid from expunged order by uid")).containsExactly("1", "2", "3");
    }

    @Test
    void aDeletedMailboxIsBroughtUpToo() throws Exception {
        openPatient();
        deliver(3);
        var folder = create("Folder");
        done(store.messages().copy(inbox(alice), UidSet.range(1, 3), folder));
        done(store.mailboxes().delete(alice.id(), new MailboxName("Folder")));
        assertThat(read(folder, UidSet.range(1, 3))).containsExactly(text(1), text(2), text(3));
        reopen();
        assertThat(read(folder, UidSet.of(2))).containsExactly(text(2));
        catchUp();
        assertThat(read(folder, UidSet.of(2))).containsExactly(text(2));
        assertThat(ask("select count(*) from message")).containsExactly("6");
    }

    @Test
    void aLargeInboxMovesWhenItIsRenamed() throws Exception {
        openPatient();
        deliver(3);
        var inbox = inbox(alice);
        var old = done(store.mailboxes().rename(alice.id(), MailboxName.INBOX, name("Old/2026")));
        deliver(alice, "", text(4));
        reopen();
        assertThat(uids(old.id())).containsExactly(1L, 2L, 3L);
        assertThat(read(old.id(), UidSet.range(1, 3))).containsExactly(text(1), text(2), text(3));
        assertThat(uids(inbox)).containsExactly(4L);
        catchUp();
        assertThat(read(old.id(), UidSet.range(1, 3))).containsExactly(text(1), text(2), text(3));
        assertThat(ask("select origin from expunged")).containsExactly("3", "3", "3");
    }

    @Test
    void aMaildropIsUpdatedWhereRowsAreBehind() throws Exception {
        openPatient();
        deliver(5);
        var inbox = inbox(alice);
        store(inbox, UidSet.range(1, 2), new FlagChange.Add(Flags.of(SystemFlag.FLAGGED)));
        var maildrop = done(store.maildrops().open(alice.id(), "pop3"));
        assertThat(done(maildrop.update(UidSet.range(2, 4), UidSet.of(1))))
                .isEqualTo(UidSet.range(2, 4));
        reopen();
        assertThat(uids(inbox)).containsExactly(1L, 5L);
        assertThat(view(inbox).flags(0)).isEqualTo(Flags.of(SystemFlag.FLAGGED, SystemFlag.SEEN));
        catchUp();
        assertThat(ask("select origin from expunged")).containsExactly("2", "2", "2");
    }

    @Test
    void whatALargeExpungeRemovedIsBroughtBackAndWhatMovedIsNot() throws Exception {
        openPatient();
        deliver(6);
        var inbox = inbox(alice);
        done(store.messages().move(inbox, UidSet.range(1, 2), create("Folder")));
        store(inbox, UidSet.range(3, 5), new FlagChange.Add(Flags.of(SystemFlag.DELETED)));
        done(store.messages().expunge(inbox, UidSet.range(1, 9)));
        var removed = store.undelete().messages(inbox, 0, 10);
        assertThat(removed).extracting(each -> each.uid().value()).containsExactly(3L, 4L, 5L);
        var back =
                done(
                        store.undelete()
                                .bringBack(
                                        inbox,
                                        UidSet.range(1, 9),
                                        new Undelete.Destination.Original()));
        assertThat(back.sources()).isEqualTo(UidSet.range(3, 5));
        assertThat(uids(inbox)).containsExactly(6L, 7L, 8L, 9L);
        assertThat(read(inbox, UidSet.range(6, 9)))
                .containsExactly(text(6), text(3), text(4), text(5));
    }

    @Test
    void manyMayHaveTheSameRowsBroughtUp() throws Exception {
        openPatient();
        deliver(4);
        var folder = create("Folder");
        for (int i = 0; i < 5; i++) {
            done(store.messages().copy(inbox(alice), UidSet.range(1, 4), folder));
        }
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var done = new ArrayList<Future<?>>();
            for (int i = 0; i < 8; i++) {
                done.add(threads.submit(this::catchUp));
            }
            for (var each : done) {
                each.get();
            }
        }
        assertThat(ask("select count(*) from message")).containsExactly("24");
        assertThat(ask("select distinct refs from body")).containsExactly("6");
    }

    @Test
    void whatIsBroughtUpMayBeCopiedInTheSameTransaction() throws Exception {
        openPatient();
        deliver(4);
        var folder = create("Folder");
        var other = create("Other");
        done(store.messages().copy(inbox(alice), UidSet.range(1, 4), folder));
        var copy = new CopyCommand(folder, UidSet.of(2), other, CopyCommand.Sources.STAY);
        done(afterApplying(copy));
        assertThat(ask("select count(*) from message")).containsExactly("9");
        var move = new CopyCommand(folder, UidSet.range(3, 4), other, CopyCommand.Sources.GO);
        done(afterApplying(move));
        reopen();
        catchUp();
        assertThat(read(other, UidSet.range(1, 3))).containsExactly(text(2), text(3), text(4));
        assertThat(ask("select refs from body order by refs")).containsExactly("2", "3", "3", "3");
    }

    /// What a mailbox is called or used for has records too, and no MODSEQ of its messages.
    @Test
    void aMailboxIsBroughtUpBeyondItsMessages() throws Exception {
        openPatient();
        deliver(3);
        var folder = create("Folder");
        done(store.messages().copy(inbox(alice), UidSet.range(1, 3), folder));
        done(store.mailboxes().setSpecialUse(alice.id(), name("Folder"), SpecialUse.ARCHIVE));
        var use = new SpecialUseCommand(alice.id(), name("Folder"), SpecialUse.JUNK);
        var apply = new ApplyCommand(alice.id().value());
        var more = ((JdbcStore) store).lanes().call(new InOneTransaction<>(use, apply));
        assertThat(more).isFalse();
        assertThat(ask("select count(*) from message")).containsExactly("6");
        reopen();
        assertThat(read(folder, UidSet.range(1, 3))).containsExactly(text(1), text(2), text(3));
    }

    private Outcome<Copied> afterApplying(CopyCommand change) {
        var apply = new ApplyCommand(alice.id().value());
        return ((JdbcStore) store).lanes().call(new InOneTransaction<>(apply, change));
    }

    @Test
    void copiesCameWhenTheyWereMade() throws Exception {
        openPatient();
        deliver(2);
        var folder = create("Folder");
        done(store.messages().copy(inbox(alice), UidSet.range(1, 2), folder));
        catchUp();
        assertThat(
                        ask(
                                "select count(*) from message_meta m join change_log l"
                                        + " on l.at = m.savedate and l.mailbox_id = m.mailbox_id"
                                        + " where l.kind = 6"))
                .containsExactly("2");
    }

    private static MailboxName name(String name) {
        return new MailboxName(name);
    }

    private List<Long> uids(MailboxId mailbox) {
        var uids = new ArrayList<Long>();
        var view = view(mailbox);
        for (int i = 0; i < view.size(); i++) {
            uids.add(view.uid(i));
        }
        return uids;
    }

    /// The first column of what the rows say.
    private List<String> ask(String sql) throws Exception {
        return ask(settings, sql);
    }

    static List<String> ask(StoreSettings settings, String sql) throws Exception {
        try (var connection =
                DriverManager.getConnection(settings.url(), settings.user(), settings.password())) {
            return new Session(connection).query(sql, row -> row.getString(1));
        }
    }
}
