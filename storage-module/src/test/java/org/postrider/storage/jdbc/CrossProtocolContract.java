package org.postrider.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.postrider.storage.directory.Quota;
import org.postrider.storage.jdbc.retention.Retention;
import org.postrider.storage.mailbox.Delivery;
import org.postrider.storage.mailbox.FlagChange;
import org.postrider.storage.mailbox.Flags;
import org.postrider.storage.mailbox.MailboxId;
import org.postrider.storage.mailbox.MailboxName;
import org.postrider.storage.mailbox.Maildrops.Maildrop;
import org.postrider.storage.mailbox.NewMessage;
import org.postrider.storage.mailbox.Refusal;
import org.postrider.storage.mailbox.SystemFlag;
import org.postrider.storage.mailbox.UidSet;
import org.postrider.storage.mailbox.Undelete;
import org.postrider.storage.testing.TestStores;

/// The rules that make one store out of three protocols, as far as the store decides them: each
/// test is called by the number of its rule.
abstract class CrossProtocolContract extends StoreFixture {

    private static final FlagChange DELETED = new FlagChange.Add(Flags.of(SystemFlag.DELETED));

    private static final Undelete.Destination ORIGINAL = new Undelete.Destination.Original();

    private final TestClock time = new TestClock();

    @Override
    InstantSource clock() {
        return time;
    }

    @Test
    void r1WhatWasAcceptedIsSeenAtOnceButNotInAnOpenMaildrop() {
        deliver(alice, "", MESSAGE);
        try (var open = maildrop()) {
            var told = new AtomicInteger();
            try (var feed = done(store.mailboxes().follow(inbox(alice), told::incrementAndGet))) {
                deliver(alice, "", MESSAGE);
                assertThat(feed.current().size()).isEqualTo(2);
                assertThat(told).hasPositiveValue();
            }
            assertThat(status(inbox(alice)).messages()).isEqualTo(2);
            assertThat(open.view().size()).isEqualTo(1);
        }
        try (var later = maildrop()) {
            assertThat(later.view().size()).isEqualTo(2);
        }
    }

    @Test
    void r2OneTransactionIsOneCopyAndTwoAreTwo() {
        try (var staged = staged(MESSAGE)) {
            var twice = List.of(recipient(alice.id(), ""), recipient(alice.id(), ""));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new Delivery(staged, NOON, twice));
        }
        deliver(alice, "", MESSAGE);
        deliver(alice, "", MESSAGE);
        assertThat(status(inbox(alice)).messages()).isEqualTo(2);
    }

    @Test
    void r3AllReadTheSameOctetsAndTheSizeIsTheirs() throws Exception {
        deliver(alice, "Return-Path: <>\r\n", "Subject: bare\nand\rline ends");
        try (var open = maildrop()) {
            var octets = read(inbox(alice), UidSet.of(1)).getFirst();
            assertThat(octets)
                    .isEqualTo("Return-Path: <>\r\nSubject: bare\r\nand\r\nline ends\r\n");
            assertThat(open.view().octets(0)).isEqualTo(octets.length());
            assertThat(view(inbox(alice)).octets(0)).isEqualTo(octets.length());
        }
    }

    @Test
    void r5DatesAreKeptByCopyAndTheOrderIsThatOfUids() {
        deliver(alice, "", MESSAGE);
        var copied = done(store.messages().copy(inbox(alice), UidSet.of(1), archive()));
        assertThat(copied.targets()).isEqualTo(UidSet.of(1));
        assertThat(view(archive()).internalDate(0)).isEqualTo(NOON);
    }

    @Test
    void r6AndR15ADeliveredMessageHasNoFlagAndIsRecentToOneSession() {
        deliver(alice, "", MESSAGE);
        var before = status(inbox(alice)).highestModSeq();
        assertThat(view(inbox(alice)).flags(0)).isEqualTo(Flags.NONE);
        try (var open = maildrop()) {
            assertThat(open.view().size()).isEqualTo(1);
        }
        assertThat(status(inbox(alice)).recent()).isEqualTo(1);
        assertThat(store.mailboxes().claimRecent(view(inbox(alice)))).isEqualTo(1);
        assertThat(store.mailboxes().claimRecent(view(inbox(alice)))).isEqualTo(2);
        assertThat(status(inbox(alice)).recent()).isZero();
        assertThat(status(inbox(alice)).highestModSeq()).isEqualTo(before);
    }

    @Test
    void r7TheMaildropIsInbox() {
        append(archive(), Flags.NONE);
        try (var open = maildrop()) {
            assertThat(open.view().size()).isZero();
        }
    }

    @Test
    void r8AMessageMarkedDeletedIsServedUntilItIsExpunged() throws Exception {
        deliver(alice, "", MESSAGE);
        store(inbox(alice), UidSet.of(1), DELETED);
        try (var open = maildrop()) {
            assertThat(open.view().size()).isEqualTo(1);
            assertThat(read(inbox(alice), UidSet.of(1))).containsExactly(MESSAGE);
        }
    }

    @Test
    void r9AMaildropThatIsLeftChangesNothing() {
        deliver(alice, "", MESSAGE);
        var before = status(inbox(alice));
        maildrop().close();
        assertThat(status(inbox(alice))).isEqualTo(before);
    }

    @Test
    void r10QuitRemovesOnceAndLeavesCopies() throws Exception {
        deliver(alice, "", MESSAGE);
        deliver(alice, "", MESSAGE);
        done(store.messages().copy(inbox(alice), UidSet.of(1), archive()));
        var told = new AtomicInteger();
        try (var feed = done(store.mailboxes().follow(inbox(alice), told::incrementAndGet))) {
            var before = feed.current();
            assertThat(done(maildrop().update(UidSet.of(1), UidSet.EMPTY))).isEqualTo(UidSet.of(1));
            assertThat(feed.current().since(before).expunged()).isEqualTo(UidSet.of(1));
            assertThat(feed.current().highestModSeq()).isGreaterThan(before.highestModSeq());
            assertThat(told).hasValue(1);
        }
        assertThat(read(archive(), UidSet.of(1))).containsExactly(MESSAGE);
    }

    @Test
    void r11AnExpungeDoesNotReachAnOpenMaildrop() throws Exception {
        deliver(alice, "", MESSAGE);
        var open = maildrop();
        store(inbox(alice), UidSet.of(1), DELETED);
        done(store.messages().expunge(inbox(alice), UidSet.of(1)));
        assertThat(open.view().size()).isEqualTo(1);
        assertThat(read(inbox(alice), UidSet.of(1))).containsExactly(MESSAGE);
        assertThat(done(open.update(UidSet.of(1), UidSet.EMPTY))).isEqualTo(UidSet.EMPTY);
    }

    @Test
    void r12RenamingInboxDoesNotReachAnOpenMaildropAndQuitNotWhatMoved() throws Exception {
        deliver(alice, "", MESSAGE);
        var open = maildrop();
        var old = done(store.mailboxes().rename(alice.id(), MailboxName.INBOX, name("Old")));
        assertThat(open.view().size()).isEqualTo(1);
        assertThat(read(inbox(alice), UidSet.of(1))).containsExactly(MESSAGE);
        assertThat(done(open.update(UidSet.of(1), UidSet.EMPTY))).isEqualTo(UidSet.EMPTY);
        assertThat(status(old.id()).messages()).isEqualTo(1);
    }

    @Test
    void r13WhatWasRetrievedIsSeenAfterQuit() {
        deliver(alice, "", MESSAGE);
        deliver(alice, "", MESSAGE);
        var open = maildrop();
        assertThat(view(inbox(alice)).unseen()).isEqualTo(2);
        done(open.update(UidSet.EMPTY, UidSet.of(2)));
        assertThat(view(inbox(alice)).flags(1).has(SystemFlag.SEEN)).isTrue();
        assertThat(view(inbox(alice)).unseen()).isEqualTo(1);
    }

    @Test
    void r16AUidIsNeverGivenTwice() {
        deliver(alice, "", MESSAGE);
        done(maildrop().update(UidSet.of(1), UidSet.EMPTY));
        assertThat(deliver(alice, "", MESSAGE).uid().value()).isEqualTo(2);
        done(store.messages().copy(inbox(alice), UidSet.of(2), inbox(alice)));
        reopen();
        assertThat(deliver(alice, "", MESSAGE).uid().value()).isEqualTo(4);
    }

    @Test
    void r16WhatIsBroughtBackOrMovedBackHasANewUid() {
        deliver(alice, "", MESSAGE);
        deliver(alice, "", MESSAGE);
        var inbox = inbox(alice);
        var validity = view(inbox).uidValidity();
        done(maildrop().update(UidSet.of(1), UidSet.EMPTY));
        var back = done(store.undelete().bringBack(inbox, UidSet.of(1), ORIGINAL));
        assertThat(back.targets()).isEqualTo(UidSet.of(3));
        done(store.messages().move(inbox, UidSet.of(2), archive()));
        var moved = done(store.messages().move(archive(), UidSet.of(1), inbox));
        assertThat(moved.targets()).isEqualTo(UidSet.of(4));
        try (var open = maildrop()) {
            assertThat(open.view().uidValidity()).isEqualTo(validity);
            assertThat(open.view().uid(0)).isEqualTo(3);
            assertThat(open.view().uid(1)).isEqualTo(4);
        }
    }

    @Test
    void r17OverQuotaNothingComesAndEverythingGoes() throws Exception {
        deliver(alice, "", MESSAGE);
        deliver(alice, "", MESSAGE);
        var inbox = inbox(alice);
        var one = new Quota.Limits(OptionalLong.empty(), OptionalLong.of(1));
        TestStores.setQuota(store, alice.id(), one);
        try (var staged = staged(MESSAGE)) {
            var checked =
                    new Delivery(
                            staged,
                            NOON,
                            List.of(recipient(alice.id(), "")),
                            Delivery.Admission.CHECKED);
            assertThat(store.messages().deliver(checked))
                    .containsExactly(refused(Refusal.OVER_QUOTA));
            var message = List.of(new NewMessage(staged, Flags.NONE, NOON));
            assertThat(store.messages().append(inbox, message))
                    .isEqualTo(refused(Refusal.OVER_QUOTA));
        }
        assertThat(store.messages().copy(inbox, UidSet.range(1, 2), archive()))
                .isEqualTo(refused(Refusal.OVER_QUOTA));
        assertThat(status(archive()).messages()).isZero();
        done(store.messages().move(inbox, UidSet.of(1), archive()));
        store(archive(), UidSet.of(1), DELETED);
        assertThat(done(store.messages().expunge(archive(), UidSet.of(1)))).isEqualTo(UidSet.of(1));
        assertThat(done(maildrop().update(UidSet.of(2), UidSet.EMPTY))).isEqualTo(UidSet.of(2));
        assertThat(store.directory().quota(alice.id()).orElseThrow())
                .as("what can be brought back is not charged")
                .isEqualTo(new Quota(0, 0, one));
        done(store.undelete().bringBack(inbox, UidSet.of(2), ORIGINAL));
        assertThat(store.undelete().bringBack(archive(), UidSet.of(1), ORIGINAL))
                .isEqualTo(refused(Refusal.OVER_QUOTA));
        deliver(alice, "", MESSAGE);
        assertThat(status(inbox).messages()).as("what was accepted comes").isEqualTo(2);
    }

    @Test
    void r18OnlyASecondMaildropIsKeptOut() {
        deliver(alice, "", MESSAGE);
        try (var open = maildrop()) {
            assertThat(store.maildrops().open(alice.id(), "second"))
                    .isEqualTo(refused(Refusal.IN_USE));
            deliver(alice, "", MESSAGE);
            store(inbox(alice), UidSet.of(1), DELETED);
            assertThat(done(store.messages().expunge(inbox(alice), UidSet.of(1))))
                    .isEqualTo(UidSet.of(1));
            assertThat(open.view().size()).isEqualTo(1);
        }
        maildrop().close();
    }

    @Test
    void r19ACopyIsARowOfItsOwn() throws Exception {
        deliver(alice, "", MESSAGE);
        store(inbox(alice), UidSet.of(1), new FlagChange.Add(keywords("$Work")));
        done(store.messages().copy(inbox(alice), UidSet.of(1), archive()));
        store(inbox(alice), UidSet.of(1), new FlagChange.Replace(Flags.NONE));
        assertThat(view(archive()).flags(0)).isEqualTo(keywords("$Work"));
        store(inbox(alice), UidSet.of(1), DELETED);
        done(store.messages().expunge(inbox(alice), UidSet.of(1)));
        assertThat(read(archive(), UidSet.of(1))).containsExactly(MESSAGE);
    }

    @Test
    void r19AMoveKeepsEverythingButTheUid() throws Exception {
        deliver(alice, "Return-Path: <>\r\n", MESSAGE);
        deliver(alice, "", MESSAGE);
        store(inbox(alice), UidSet.of(2), new FlagChange.Add(keywords("$Work")));
        var open = maildrop();
        var before = status(inbox(alice)).highestModSeq().value();
        var moved = done(store.messages().move(inbox(alice), UidSet.range(1, 2), archive()));
        assertThat(moved.sources()).isEqualTo(UidSet.range(1, 2));
        assertThat(moved.targets()).isEqualTo(UidSet.range(1, 2));
        assertThat(status(inbox(alice)).messages()).isZero();
        assertThat(status(inbox(alice)).highestModSeq().value()).isEqualTo(before + 1);
        assertThat(status(archive()).highestModSeq().value()).isEqualTo(before + 1);
        assertThat(view(archive()).internalDate(0)).isEqualTo(NOON);
        assertThat(view(archive()).flags(1)).isEqualTo(keywords("$Work"));
        assertThat(read(archive(), UidSet.range(1, 2)))
                .containsExactly("Return-Path: <>\r\n" + MESSAGE, MESSAGE);
        assertThat(open.view().size()).isEqualTo(2);
        assertThat(read(inbox(alice), UidSet.of(2))).containsExactly(MESSAGE);
        assertThat(done(open.update(UidSet.range(1, 2), UidSet.EMPTY))).isEqualTo(UidSet.EMPTY);
        assertThat(status(archive()).messages()).isEqualTo(2);
    }

    @Test
    void r20RenamingKeepsUidsAndWhoLooksStays() {
        var folder = create("Folder");
        append(folder, Flags.NONE);
        try (var feed = done(store.mailboxes().follow(folder, () -> {}))) {
            var before = feed.current();
            done(store.mailboxes().rename(alice.id(), name("Folder"), name("Other")));
            append(folder, Flags.NONE);
            assertThat(feed.current().since(before).appended()).isEqualTo(UidSet.of(2));
            assertThat(feed.current().uidValidity()).isEqualTo(before.uidValidity());
            assertThat(feed.current().modSeq(0)).isEqualTo(before.modSeq(0));
        }
    }

    @Test
    void r21ADeletedMailboxSaysSoAndItsNameStartsAfresh() {
        var folder = create("Folder");
        append(folder, Flags.NONE);
        var before = view(folder).uidValidity();
        var told = new AtomicInteger();
        try (var feed = done(store.mailboxes().follow(folder, told::incrementAndGet))) {
            done(store.mailboxes().delete(alice.id(), name("Folder")));
            assertThat(feed.current().deleted()).isTrue();
            assertThat(told).hasPositiveValue();
        }
        assertThat(view(create("Folder")).uidValidity()).isNotEqualTo(before);
    }

    @Test
    void r22EveryChangeIsToldInOrder() throws IOException {
        var seen = new ArrayList<Long>();
        var inbox = inbox(alice);
        try (var feed = done(store.mailboxes().follow(inbox, () -> {}))) {
            for (var change : changes(inbox)) {
                var before = feed.current();
                change.run();
                var after = feed.current();
                assertThat(after.highestModSeq()).isGreaterThan(before.highestModSeq());
                seen.add(after.highestModSeq().value());
            }
        }
        assertThat(seen).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void r23NothingGoesForGoodThatAMaildropShowsOrBeforeItsTime() throws Exception {
        deliver(alice, "", MESSAGE);
        deliver(alice, "", MESSAGE);
        var inbox = inbox(alice);
        var open = maildrop();
        store(inbox, UidSet.of(1), DELETED);
        done(store.messages().expunge(inbox, UidSet.of(1)));
        var announced = store.undelete().messages(inbox, 0, 1).getFirst().until();
        time.pass(Duration.between(time.instant(), announced).minusMillis(1));
        purge();
        assertThat(store.undelete().messages(inbox, 0, 1)).hasSize(1);
        time.pass(Duration.ofMillis(1));
        purge();
        assertThat(open.view().size()).isEqualTo(2);
        assertThat(read(inbox, UidSet.of(1))).containsExactly(MESSAGE);
        var before = status(inbox);
        open.close();
        purge();
        assertThat(read(inbox, UidSet.of(1))).isEmpty();
        assertThat(status(inbox)).as("nobody is told of what was gone").isEqualTo(before);
        assertThat(store.undelete().messages(inbox, 0, 1)).isEmpty();
    }

    private void purge() throws Exception {
        ((JdbcStore) store).upkeep().run(Retention.PURGE);
    }

    /// A change of INBOX by each protocol.
    private List<Runnable> changes(MailboxId inbox) {
        return List.of(
                () -> deliver(alice, "", MESSAGE),
                () -> append(inbox, Flags.NONE),
                () -> store(inbox, UidSet.of(1), DELETED),
                () -> done(store.messages().expunge(inbox, UidSet.of(1))),
                () -> done(store.messages().copy(inbox, UidSet.of(2), inbox)),
                () -> done(maildrop().update(UidSet.of(2), UidSet.of(3))));
    }

    private MailboxId archive() {
        return store.mailboxes().find(alice.id(), name("Archive")).orElseThrow().id();
    }

    Maildrop maildrop() {
        return done(store.maildrops().open(alice.id(), "test"));
    }

    static MailboxName name(String value) {
        return new MailboxName(value);
    }
}
