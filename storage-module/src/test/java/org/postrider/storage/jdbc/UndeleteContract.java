package org.postrider.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.postrider.storage.directory.Quota;
import org.postrider.storage.mailbox.FlagChange;
import org.postrider.storage.mailbox.Flags;
import org.postrider.storage.mailbox.MailboxId;
import org.postrider.storage.mailbox.MailboxName;
import org.postrider.storage.mailbox.Refusal;
import org.postrider.storage.mailbox.SpecialUse;
import org.postrider.storage.mailbox.SystemFlag;
import org.postrider.storage.mailbox.UidSet;
import org.postrider.storage.mailbox.Undelete.By;
import org.postrider.storage.mailbox.Undelete.Destination;
import org.postrider.storage.mailbox.Undelete.RemovedMessage;
import org.postrider.storage.testing.TestStores;

/// What was removed comes back, on every database.
abstract class UndeleteContract extends StoreFixture {

    private static final Destination ORIGINAL = new Destination.Original();

    private final TestClock clock = new TestClock();

    @Override
    InstantSource clock() {
        return clock;
    }

    private void expunge(MailboxId mailbox, UidSet uids) {
        store(mailbox, uids, new FlagChange.Add(Flags.of(SystemFlag.DELETED)));
        done(store.messages().expunge(mailbox, uids));
    }

    private List<RemovedMessage> removed(MailboxId mailbox) {
        return store.undelete().messages(mailbox, 0, 100);
    }

    private List<Long> uids(MailboxId mailbox) {
        return removed(mailbox).stream().map(each -> each.uid().value()).toList();
    }

    @Test
    void whateverRemovedItItIsToldAndComesBack() throws Exception {
        var inbox = inbox(alice);
        deliver(alice, "Delivered-To: alice\r\n", "Subject: 1\r\n\r\n");
        deliver(alice, "Delivered-To: alice\r\n", "Subject: 2\r\n\r\n");
        store(inbox, UidSet.range(1, 2), new FlagChange.Add(keywords("$Work")));
        var folder = create("Folder");
        append(folder, Flags.of(SystemFlag.SEEN));
        clock.pass(Duration.ofHours(1));
        expunge(inbox, UidSet.of(1));
        done(done(store.maildrops().open(alice.id(), "test")).update(UidSet.of(2), UidSet.EMPTY));
        done(store.mailboxes().delete(alice.id(), new MailboxName("Folder")));

        var at = NOON.plus(Duration.ofHours(1));
        assertThat(removed(inbox)).extracting(RemovedMessage::by).containsExactly(By.IMAP, By.POP3);
        assertThat(removed(inbox)).extracting(RemovedMessage::removed).containsOnly(at);
        assertThat(removed(folder)).extracting(RemovedMessage::by).containsExactly(By.MAILBOX);
        assertThat(store.undelete().mailboxes(alice.id()))
                .extracting(from -> from.name().value() + from.deleted() + from.messages())
                .containsExactly("Foldertrue1", "INBOXfalse2");

        try (var feed = done(store.mailboxes().follow(inbox, () -> {}))) {
            var before = feed.current();
            var back = done(store.undelete().bringBack(inbox, UidSet.of(1, 2, 7), ORIGINAL));
            assertThat(back.sources()).isEqualTo(UidSet.range(1, 2));
            assertThat(back.targets()).isEqualTo(UidSet.range(3, 4));
            var after = feed.current();
            assertThat(after.since(before).appended()).isEqualTo(UidSet.range(3, 4));
            assertThat(after.highestModSeq()).isGreaterThan(before.highestModSeq());
            assertThat(after.internalDate(0)).isEqualTo(NOON);
            assertThat(after.flags(0)).isEqualTo(keywords("$Work"));
        }
        assertThat(read(inbox, UidSet.range(3, 4)))
                .containsExactly(
                        "Delivered-To: alice\r\nSubject: 1\r\n\r\n",
                        "Delivered-To: alice\r\nSubject: 2\r\n\r\n");
        assertThat(uids(inbox)).isEmpty();
        var again = done(store.undelete().bringBack(inbox, UidSet.of(1, 2), ORIGINAL));
        assertThat(again.targets()).isEqualTo(UidSet.EMPTY);
    }

    @Test
    void whatMovedLivesElsewhere() {
        deliver(alice, "", MESSAGE);
        var inbox = inbox(alice);
        var folder = create("Folder");
        done(store.messages().move(inbox, UidSet.of(1), folder));
        assertThat(uids(inbox)).isEmpty();
        assertThat(done(store.undelete().bringBack(inbox, UidSet.of(1), ORIGINAL)).sources())
                .isEqualTo(UidSet.EMPTY);
        expunge(folder, UidSet.of(1));
        var back = store.undelete().bringBack(folder, UidSet.of(1), new Destination.Into(inbox));
        assertThat(done(back).mailbox()).isEqualTo(inbox);
        assertThat(view(inbox).size()).isEqualTo(1);
    }

    @Test
    void aDeletedMailboxComesBackUnderItsName() throws Exception {
        var name = new MailboxName("Above/Folder");
        var folder = done(store.mailboxes().create(alice.id(), name, SpecialUse.ARCHIVE)).id();
        append(folder, new Flags(java.util.Set.of(SystemFlag.SEEN), List.of("$A", "$B")));
        append(folder, keywords("$B"));
        clock.pass(Duration.ofHours(1));
        done(store.mailboxes().delete(alice.id(), name));
        done(store.mailboxes().delete(alice.id(), new MailboxName("Above")));
        reopen();
        var back = done(store.undelete().bringBack(folder, NOON, ORIGINAL));
        var found = store.mailboxes().find(alice.id(), name).orElseThrow();
        assertThat(found.id()).isEqualTo(back.mailbox()).isNotEqualTo(folder);
        assertThat(found.specialUse()).isEqualTo(SpecialUse.ARCHIVE);
        assertThat(view(found.id()).flags(0).keywords()).containsExactly("$A", "$B");
        assertThat(view(found.id()).flags(0).has(SystemFlag.SEEN)).isTrue();
        assertThat(view(found.id()).flags(1).keywords()).containsExactly("$B");
        assertThat(read(found.id(), UidSet.range(1, 2))).containsExactly(MESSAGE, MESSAGE);
    }

    @Test
    void whatIsGoneComesBackIntoTheMailboxThatHasTheNameNow() {
        var folder = create("Folder");
        append(folder, Flags.NONE);
        done(store.mailboxes().delete(alice.id(), new MailboxName("Folder")));
        var next = create("Folder");
        append(next, Flags.NONE);
        var back = done(store.undelete().bringBack(folder, UidSet.of(1), ORIGINAL));
        assertThat(back.mailbox()).isEqualTo(next);
        assertThat(back.targets()).isEqualTo(UidSet.of(2));
        var into = new Destination.Into(folder);
        assertThat(store.undelete().bringBack(next, UidSet.of(1), into))
                .isEqualTo(refused(Refusal.NO_SUCH_MAILBOX));
        var nowhere = new MailboxId(alice.id(), 999);
        assertThat(store.undelete().bringBack(nowhere, UidSet.of(1), ORIGINAL))
                .isEqualTo(refused(Refusal.NO_SUCH_MAILBOX));
    }

    @Test
    void aMailboxComesBackAsItWasAtAMoment() throws Exception {
        var inbox = inbox(alice);
        for (int i = 1; i <= 4; i++) {
            deliver(alice, "", "Subject: " + i + "\r\n\r\n");
        }
        clock.pass(Duration.ofHours(1));
        expunge(inbox, UidSet.of(1));
        clock.pass(Duration.ofHours(1));
        var moment = clock.instant();
        clock.pass(Duration.ofHours(1));
        deliver(alice, "", "Subject: 5\r\n\r\n");
        expunge(inbox, UidSet.of(2, 3, 5));
        var back = done(store.undelete().bringBack(inbox, moment, ORIGINAL));
        assertThat(back.sources()).isEqualTo(UidSet.range(2, 3));
        assertThat(read(inbox, UidSet.range(4, 9)))
                .containsExactly(
                        "Subject: 4\r\n\r\n",
                        "Subject: 5\r\n\r\n",
                        "Subject: 2\r\n\r\n",
                        "Subject: 3\r\n\r\n");
        assertThat(uids(inbox)).containsExactly(1L, 5L);
    }

    @Test
    void whatComesBackIsCharged() {
        var inbox = inbox(alice);
        deliver(alice, "", MESSAGE);
        deliver(alice, "", MESSAGE);
        expunge(inbox, UidSet.range(1, 2));
        var one = new Quota.Limits(OptionalLong.empty(), OptionalLong.of(1));
        TestStores.setQuota(store, alice.id(), one);
        assertThat(store.undelete().bringBack(inbox, UidSet.range(1, 2), ORIGINAL))
                .isEqualTo(refused(Refusal.OVER_QUOTA));
        assertThat(done(store.undelete().bringBack(inbox, UidSet.of(2), ORIGINAL)).sources())
                .isEqualTo(UidSet.of(2));
        assertThat(store.directory().quota(alice.id()).orElseThrow().messages()).isEqualTo(1);
        assertThat(store.undelete().bringBack(inbox, UidSet.of(1), ORIGINAL))
                .isEqualTo(refused(Refusal.OVER_QUOTA));
    }

    @Test
    void manyComeBackInSteps() throws Exception {
        var folder = create("Folder");
        append(folder, Flags.NONE);
        while (view(folder).size() < 2_500) {
            done(store.messages().copy(folder, UidSet.range(1, 500), folder));
        }
        int size = view(folder).size();
        clock.pass(Duration.ofHours(1));
        done(store.mailboxes().delete(alice.id(), new MailboxName("Folder")));
        assertThat(store.undelete().messages(folder, 0, 5_000)).hasSize(1_000);
        assertThat(store.undelete().messages(folder, 1_000, 10).getFirst().uid().value())
                .isEqualTo(1_001);
        var back = done(store.undelete().bringBack(folder, NOON, ORIGINAL));
        assertThat(back.sources().size()).isEqualTo(size);
        assertThat(view(back.mailbox()).size()).isEqualTo(size);
        assertThat(read(back.mailbox(), UidSet.of(size))).containsExactly(MESSAGE);
    }
}
