package org.postrider.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.postrider.storage.directory.AccountId;
import org.postrider.storage.jdbc.command.AppendCommand;
import org.postrider.storage.jdbc.group.LoadCommand;
import org.postrider.storage.jdbc.group.StagedMessage;
import org.postrider.storage.jdbc.view.ChunkedView;
import org.postrider.storage.jdbc.view.ViewReading;
import org.postrider.storage.mailbox.Delivery;
import org.postrider.storage.mailbox.FlagChange;
import org.postrider.storage.mailbox.Flags;
import org.postrider.storage.mailbox.MailboxName;
import org.postrider.storage.mailbox.Messages;
import org.postrider.storage.mailbox.NewMessage;
import org.postrider.storage.mailbox.Outcome;
import org.postrider.storage.mailbox.Refusal;
import org.postrider.storage.mailbox.SpecialUse;
import org.postrider.storage.mailbox.Staging;
import org.postrider.storage.mailbox.SystemFlag;
import org.postrider.storage.mailbox.Uid;
import org.postrider.storage.mailbox.UidSet;
import org.postrider.storage.testing.TestStores;

/// What the store promises, on every database it runs on.
abstract class StoreContract extends MailboxContract {

    private static final UidSet ALL = UidSet.range(1, Uid.MAX);

    @Test
    void aDeliveredMessageIsInTheInbox() throws Exception {
        var delivered = deliver(alice, "Return-Path: <bob@example.test>\r\n", MESSAGE);
        assertThat(delivered.uid().value()).isEqualTo(1);
        var view = view(inbox(alice));
        assertThat(view.size()).isEqualTo(1);
        assertThat(view.internalDate(0)).isEqualTo(NOON);
        assertThat(view.flags(0)).isEqualTo(Flags.NONE);
        assertThat(view.octets(0)).isEqualTo(33 + MESSAGE.length());
        assertThat(read(inbox(alice), UidSet.of(1)))
                .containsExactly("Return-Path: <bob@example.test>\r\n" + MESSAGE);
        assertThat(status(inbox(alice)).unseen()).isEqualTo(1);
    }

    @Test
    void allAppendedMessagesAreThereOrNone() {
        var first = new NewMessage(staged("one"), Flags.of(SystemFlag.SEEN), NOON);
        var second = new NewMessage(staged("two"), new Flags(Set.of(), List.of("$Work")), NOON);
        var appended = done(store.messages().append(inbox(alice), List.of(first, second)));
        assertThat(appended.uids()).isEqualTo(UidSet.range(1, 2));
        var view = view(inbox(alice));
        assertThat(view.flags(0)).isEqualTo(Flags.of(SystemFlag.SEEN));
        assertThat(view.flags(1).keywords()).containsExactly("$Work");
        assertThat(view.modSeq(0)).isEqualTo(view.modSeq(1));
        assertThat(view.keywords()).containsExactly("$Work");
    }

    @Test
    void storeExpungeCopyAndMaildropWork() throws Exception {
        for (int i = 0; i < 5; i++) {
            deliver(alice, "", MESSAGE + i + "\r\n");
        }
        var inbox = inbox(alice);
        var before = view(inbox);
        var stored =
                done(
                        store.messages()
                                .storeFlags(
                                        inbox,
                                        UidSet.range(2, 9),
                                        new FlagChange.Add(Flags.of(SystemFlag.DELETED)),
                                        OptionalLong.empty()));
        assertThat(stored.changed()).isEqualTo(UidSet.range(2, 5));
        assertThat(view(inbox).since(before).changed()).isEqualTo(UidSet.range(2, 5));
        assertThat(done(store.messages().expunge(inbox, UidSet.range(1, 3))))
                .isEqualTo(UidSet.range(2, 3));
        assertThat(read(inbox, UidSet.of(2))).containsExactly(MESSAGE + "1\r\n");
        var work =
                done(
                        store.mailboxes()
                                .create(alice.id(), new MailboxName("Work/2026"), SpecialUse.NONE));
        var copied = done(store.messages().copy(inbox, UidSet.range(1, 4), work.id()));
        assertThat(copied.sources()).isEqualTo(UidSet.of(1, 4));
        assertThat(copied.targets()).isEqualTo(UidSet.of(1, 2));
        assertThat(read(work.id(), UidSet.range(1, 9)))
                .containsExactly(MESSAGE + "0\r\n", MESSAGE + "3\r\n");
        var maildrop = done(store.maildrops().open(alice.id(), "test"));
        assertThat(store.maildrops().open(alice.id(), "other"))
                .isEqualTo(new Outcome.Refused<>(Refusal.IN_USE));
        assertThat(done(maildrop.update(UidSet.of(1, 3), UidSet.of(5)))).isEqualTo(UidSet.of(1));
        assertThat(view(inbox).size()).isEqualTo(2);
    }

    @Test
    void aDeliveryServesEachRecipientByItself() throws Exception {
        var bob = TestStores.account(store, "bob@example.test");
        try (var staged = staged(MESSAGE)) {
            var delivery =
                    new Delivery(
                            staged,
                            NOON,
                            List.of(
                                    recipient(alice.id(), "To-Alice: 1\r\n"),
                                    recipient(new AccountId(999), ""),
                                    recipient(bob.id(), "To-Bob: 1\r\n")));
            var outcomes = store.messages().deliver(delivery);
            assertThat(outcomes.get(0)).isInstanceOf(Outcome.Done.class);
            assertThat(outcomes.get(1)).isEqualTo(refused(Refusal.NO_SUCH_MAILBOX));
            assertThat(outcomes.get(2)).isInstanceOf(Outcome.Done.class);
        }
        assertThat(read(inbox(alice), UidSet.of(1))).containsExactly("To-Alice: 1\r\n" + MESSAGE);
        assertThat(read(inbox(bob), UidSet.of(1))).containsExactly("To-Bob: 1\r\n" + MESSAGE);
    }

    @Test
    void lineEndsAreMadeCrlfAndNulIsRefused() throws Exception {
        deliver(alice, "", "Subject: a\n\rb\rc\r\nd");
        assertThat(read(inbox(alice), UidSet.of(1)))
                .containsExactly("Subject: a\r\n\r\nb\r\nc\r\nd\r\n");
        assertThat(stage("a\0b", 100)).isInstanceOf(Staging.HoldsNul.class);
        assertThat(stage("0123456789", 11)).isInstanceOf(Staging.TooLarge.class);
        assertThat(stage("0123456789", 12)).isInstanceOf(Staging.Ready.class);
    }

    @Test
    void aLargeMessageComesBackWholeAndInRanges() throws Exception {
        var text = new StringBuilder("Subject: large\r\n\r\n");
        for (int i = 0; i < 150_000; i++) {
            text.append("line ").append(i).append("\r\n");
        }
        var trace = "Received: here\r\n";
        deliver(alice, trace, text.toString());
        var whole = trace + text;
        assertThat(read(inbox(alice), UidSet.of(1))).containsExactly(whole);
        for (int offset :
                new int[] {0, 5, 16, 17, 524_280, 524_304, 1_048_590, whole.length() - 3}) {
            assertThat(range(inbox(alice), 1, offset, 40))
                    .isEqualTo(whole.substring(offset, Math.min(whole.length(), offset + 40)));
        }
        try (var abandoned = staged(text.toString())) {
            assertThat(abandoned.octets()).isEqualTo(text.length());
        }
    }

    @ParameterizedTest
    @EnumSource(Messages.Extent.class)
    void octetsAreTheSameHoweverMuchIsReadAtOnce(Messages.Extent extent) throws Exception {
        var random = new Random(1);
        var trace = "Received: here\r\n";
        var expected = new ArrayList<String>();
        for (int size : new int[] {0, 1, 500, 30_000, 36_000, 38_000, 150_000, 600_000}) {
            for (int letters : new int[] {2, 90}) { // what is made smaller, and what hardly is
                var text = new StringBuilder("\r\n");
                random.ints(size, '!', '!' + letters).forEach(c -> text.append((char) c));
                deliver(alice, trace, text.append("\r\n").toString());
                expected.add(trace + text);
            }
        }
        assertRead(extent, expected, 0, Integer.MAX_VALUE);
        assertRead(extent, expected, 9, 30_000); // from within the trace fields
        assertRead(extent, expected, 20, 300);
        assertRead(extent, expected, 70_000, 40_000);
    }

    private void assertRead(Messages.Extent extent, List<String> expected, int offset, int length)
            throws Exception {
        var read = new ArrayList<String>();
        store.messages()
                .read(
                        inbox(alice),
                        ALL,
                        extent,
                        message -> read.add(text(message.open(offset, length))));
        assertThat(read).hasSameSizeAs(expected);
        for (int i = 0; i < expected.size(); i++) {
            var text = expected.get(i);
            int from = Math.min(offset, text.length());
            var wanted = text.substring(from, from + Math.min(length, text.length() - from));
            // Not shown where they differ: they are long.
            assertThat(read.get(i).equals(wanted)).as("%d of message %d", offset, i).isTrue();
        }
    }

    @Test
    void flagsChangeOnlyWhereNothingChangedSince() {
        deliver(alice, "", MESSAGE);
        deliver(alice, "", MESSAGE);
        var inbox = inbox(alice);
        long before = view(inbox).highestModSeq().value();
        store(inbox, UidSet.of(1), new FlagChange.Add(Flags.of(SystemFlag.SEEN)));
        var stored =
                done(
                        store.messages()
                                .storeFlags(
                                        inbox,
                                        UidSet.range(1, 2),
                                        new FlagChange.Add(Flags.of(SystemFlag.FLAGGED)),
                                        OptionalLong.of(before)));
        assertThat(stored.changed()).isEqualTo(UidSet.of(2));
        assertThat(stored.modified()).isEqualTo(UidSet.of(1));
        var modSeq = view(inbox).modSeq(0);
        assertThat(
                        store(inbox, UidSet.of(1), new FlagChange.Add(Flags.of(SystemFlag.SEEN)))
                                .changed())
                .isEqualTo(UidSet.EMPTY);
        assertThat(view(inbox).modSeq(0)).isEqualTo(modSeq);
        assertThat(view(inbox).firstUnseen()).isEqualTo(1);
        assertThat(status(inbox).unseen()).isEqualTo(1);
    }

    @Test
    void keywordsAreMetOnceAndCopiedByName() {
        deliver(alice, "", MESSAGE);
        var inbox = inbox(alice);
        store(inbox, UidSet.of(1), new FlagChange.Add(keywords("$Work")));
        store(inbox, UidSet.of(1), new FlagChange.Add(keywords("$WORK", "zebra")));
        assertThat(view(inbox).flags(0).keywords()).containsExactly("$Work", "zebra");
        var folder = create("Folder");
        append(folder, keywords("other"));
        done(store.messages().copy(inbox, UidSet.of(1), folder));
        assertThat(view(folder).flags(1).keywords()).containsExactly("$Work", "zebra");
        assertThat(view(folder).keywords()).containsExactly("other", "$Work", "zebra");
    }

    @Test
    void whoFollowsIsToldAfterEachChangeAndOldViewsStandStill() throws Exception {
        var inbox = inbox(alice);
        var told = new AtomicInteger();
        try (var feed = done(store.mailboxes().follow(inbox, told::incrementAndGet))) {
            var empty = feed.current();
            deliver(alice, "", MESSAGE);
            assertThat(told.get()).isEqualTo(1);
            var one = feed.current();
            assertThat(one.since(empty).appended()).isEqualTo(UidSet.of(1));
            assertThat(empty.size()).isZero();
            store(inbox, UidSet.of(1), new FlagChange.Add(Flags.of(SystemFlag.DELETED)));
            done(store.messages().expunge(inbox, UidSet.of(1)));
            assertThat(told.get()).isEqualTo(3);
            assertThat(feed.current().since(one).expunged()).isEqualTo(UidSet.of(1));
            assertThat(one.flags(0)).isEqualTo(Flags.NONE);
            assertThat(read(inbox, UidSet.of(1))).containsExactly(MESSAGE);
        }
        deliver(alice, "", MESSAGE);
        assertThat(told.get()).isEqualTo(3);
    }

    @Test
    void recentIsToldOnce() {
        var inbox = inbox(alice);
        deliver(alice, "", MESSAGE);
        deliver(alice, "", MESSAGE);
        assertThat(status(inbox).recent()).isEqualTo(2);
        assertThat(store.mailboxes().claimRecent(view(inbox))).isEqualTo(1);
        assertThat(store.mailboxes().claimRecent(view(inbox))).isEqualTo(3);
        assertThat(status(inbox).recent()).isZero();
        deliver(alice, "", MESSAGE);
        assertThat(status(inbox).recent()).isEqualTo(1);
        reopen();
        assertThat(store.mailboxes().claimRecent(view(inbox))).isEqualTo(3);
    }

    @Test
    void whatComesAfterTheViewStaysRecentForWhoShowsIt() {
        var inbox = inbox(alice);
        deliver(alice, "", MESSAGE);
        var shown = view(inbox);
        deliver(alice, "", MESSAGE);
        assertThat(store.mailboxes().claimRecent(shown)).isEqualTo(1);
        assertThat(status(inbox).recent()).isEqualTo(1);
        assertThat(store.mailboxes().claimRecent(view(inbox))).isEqualTo(2);
        assertThat(status(inbox).recent()).isZero();
    }

    @Test
    void aViewThatIsLoadedAmongChangesIsOfTheirMoment() {
        deliver(alice, "", MESSAGE);
        var inbox = inbox(alice);
        long modSeq = status(inbox).highestModSeq().value();
        var read = new ViewReading.Read((ChunkedView) view(inbox), modSeq);
        reopen();
        var staged = (StagedMessage) staged(MESSAGE);
        staged.give();
        var item = new AppendCommand.Item(staged, Flags.NONE, 0);
        var append = new AppendCommand(inbox, List.of(item));
        var load = new LoadCommand.LoadView(inbox, Optional.of(read));
        ((JdbcStore) store).lanes().call(new InOneTransaction<>(append, load));
        var view = view(inbox);
        assertThat(view.size()).isEqualTo(2);
        assertThat(view.uidNext()).isEqualTo(3);
        assertThat(view.unseen()).isEqualTo(2);
        assertThat(view.highestModSeq()).isEqualTo(status(inbox).highestModSeq());
        staged.close();
    }

    @Test
    void aMaildropStandsStillWhileOthersExpunge() throws Exception {
        for (int i = 0; i < 3; i++) {
            deliver(alice, "", "Subject: " + i + "\r\n\r\n");
        }
        var inbox = inbox(alice);
        var maildrop = done(store.maildrops().open(alice.id(), "pop3"));
        store(inbox, UidSet.of(1), new FlagChange.Add(Flags.of(SystemFlag.DELETED)));
        done(store.messages().expunge(inbox, UidSet.of(1)));
        deliver(alice, "", MESSAGE);
        assertThat(maildrop.view().size()).isEqualTo(3);
        assertThat(read(inbox, UidSet.of(1))).containsExactly("Subject: 0\r\n\r\n");
        assertThat(done(maildrop.update(UidSet.range(1, 2), UidSet.of(2, 3))))
                .isEqualTo(UidSet.of(2));
        assertThat(view(inbox).size()).isEqualTo(2);
        assertThat(view(inbox).flags(0)).isEqualTo(Flags.of(SystemFlag.SEEN));
        done(store.maildrops().open(alice.id(), "again")).close();
    }

    @Test
    void whatWasKeptIsThereAfterReopening() throws Exception {
        deliver(alice, "", MESSAGE);
        store(inbox(alice), UidSet.of(1), new FlagChange.Add(keywords("$Work")));
        var before = view(inbox(alice));
        reopen();
        var after = view(inbox(alice));
        assertThat(after.flags(0)).isEqualTo(before.flags(0));
        assertThat(after.uidNext()).isEqualTo(before.uidNext());
        assertThat(after.highestModSeq()).isEqualTo(before.highestModSeq());
        assertThat(after.since(before).changed()).isEqualTo(UidSet.EMPTY);
        assertThat(read(inbox(alice), UidSet.of(1))).containsExactly(MESSAGE);
        assertThat(deliver(alice, "", MESSAGE).uid().value()).isEqualTo(2);
    }
}
