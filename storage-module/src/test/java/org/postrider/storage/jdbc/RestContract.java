package org.postrider.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.Collections;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.postrider.storage.jdbc.view.AccountRegistry;
import org.postrider.storage.mailbox.FlagChange;
import org.postrider.storage.mailbox.Flags;
import org.postrider.storage.mailbox.MailboxFeed;
import org.postrider.storage.mailbox.MailboxId;
import org.postrider.storage.mailbox.MailboxName;
import org.postrider.storage.mailbox.SystemFlag;
import org.postrider.storage.mailbox.UidSet;

/// A mailbox whose sessions only wait needs little memory, and they miss nothing.
abstract class RestContract extends StoreFixture {

    /// A multiple of every number of lanes.
    private static final int SAME_LANE = 720_720;

    private static final FlagChange DELETE = new FlagChange.Add(Flags.of(SystemFlag.DELETED));

    private final AtomicInteger told = new AtomicInteger();

    @Test
    void thoseWhoWaitHearOfEverything() {
        var folder = filled(20);
        try (var feed = waiting(folder)) {
            quieten();
            assertThat(whole(folder)).isFalse();
            var before = feed.current();

            append(folder, Flags.NONE);
            assertThat(told.get()).isEqualTo(1);
            var one = feed.current();
            assertThat(whole(folder)).isFalse();
            assertThat(one.since(before).appended()).isEqualTo(UidSet.of(21));
            assertThat(one.size()).isEqualTo(21);
            assertThat(one.uidNext()).isEqualTo(22);
            assertThat(one.highestModSeq()).isGreaterThan(before.highestModSeq());
            feed.rests(one);

            store(folder, UidSet.of(3, 21), DELETE);
            var flagged = feed.current();
            assertThat(told.get()).isEqualTo(2);
            assertThat(flagged.since(one).changed()).isEqualTo(UidSet.of(3, 21));
            assertThat(flagged.flags(2)).isEqualTo(Flags.of(SystemFlag.DELETED));
            quieten();
            assertThat(whole(folder)).as("told, but not yet said so").isTrue();
            feed.rests(flagged.resting());
            quieten();
            assertThat(whole(folder)).isFalse();

            done(store.messages().expunge(folder, UidSet.range(1, 20)));
            var gone = feed.current();
            assertThat(gone.since(flagged.resting()).expunged()).isEqualTo(UidSet.of(3));
            assertThat(gone.since(before).expunged()).isEqualTo(UidSet.of(3));
            assertThat(gone.since(before).appended()).isEqualTo(UidSet.of(21));
            feed.rests(gone.resting());
            quieten();
            assertThat(feed.current().resting()).isEqualTo(feed.current());
            assertThat(feed.current().size()).isEqualTo(20);
        }
    }

    @Test
    void whoDoesMoreThanWaitHasAWholeView() {
        var folder = filled(20);
        store(folder, UidSet.of(7), new FlagChange.Add(keywords("seven")));
        try (var feed = waiting(folder)) {
            try (var _ = done(store.mailboxes().follow(folder, () -> {}))) {
                quieten();
                assertThat(whole(folder)).as("another session needs it").isTrue();
            }
            quieten();
            assertThat(whole(folder)).isFalse();
            assertThatIllegalStateException().isThrownBy(() -> feed.current().flags(6));
            feed.resume();
            assertThat(feed.current().flags(6)).isEqualTo(keywords("seven"));
            assertThat(feed.current().resting()).isSameAs(feed.current().resting());
            quieten();
            assertThat(whole(folder)).isTrue();
        }
    }

    @Test
    void aMailboxAtRestCanBeDeleted() {
        var folder = filled(3);
        try (var feed = waiting(folder)) {
            quieten();
            done(store.mailboxes().delete(alice.id(), new MailboxName("Folder")));
            assertThat(told.get()).isEqualTo(1);
            assertThat(feed.current().deleted()).isTrue();
            assertThat(feed.current().size()).isEqualTo(3);
            feed.resume();
            assertThat(feed.current().deleted()).isTrue();
        }
    }

    @Test
    void deliveriesAndCopiesComeToAMailboxAtRest() {
        var inbox = inbox(alice);
        var folder = filled(2_500);
        try (var feed = waiting(inbox)) {
            quieten();
            for (int i = 0; i < 10; i++) {
                deliver(alice, "", MESSAGE);
            }
            done(store.messages().copy(folder, UidSet.range(1, 2_500), inbox));
            var now = feed.current();
            assertThat(whole(inbox)).isFalse();
            assertThat(now.size()).isEqualTo(2_510);
            assertThat(now.uid(2_509)).isEqualTo(2_510);
            assertThat(now.indexOf(1_000)).isEqualTo(999);
            assertThat(status(inbox).messages()).isEqualTo(2_510);
            feed.resume();
            assertThat(feed.current().size()).isEqualTo(2_510);
            assertThat(feed.current().resting().since(now).appended()).isEqualTo(UidSet.EMPTY);
        }
    }

    private MailboxId filled(int messages) {
        var folder = create("Folder");
        append(folder, Collections.nCopies(messages, Flags.NONE));
        return folder;
    }

    private MailboxFeed waiting(MailboxId mailbox) {
        var feed = done(store.mailboxes().follow(mailbox, told::incrementAndGet));
        feed.rests(feed.current().resting());
        return feed;
    }

    /// Lets as much time pass as it takes. A lane that is asked for another account has let go of
    /// this one.
    private void quieten() {
        ((JdbcStore) store).lanes().state(alice.id().value() + SAME_LANE);
        registry().restQuiet();
        registry().restQuiet();
    }

    private AccountRegistry registry() {
        return ((JdbcStore) store).registry();
    }

    private boolean whole(MailboxId mailbox) {
        return registry()
                .find(mailbox.account().value())
                .flatMap(account -> account.view(mailbox.number()))
                .isPresent();
    }
}
