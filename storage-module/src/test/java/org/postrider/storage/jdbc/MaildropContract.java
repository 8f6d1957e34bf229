package org.postrider.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.postrider.storage.blob.SegmentFiles;
import org.postrider.storage.jdbc.group.LaneCommand;
import org.postrider.storage.jdbc.lane.Lanes;
import org.postrider.storage.mailbox.Flags;
import org.postrider.storage.mailbox.Outcome;
import org.postrider.storage.mailbox.Refusal;
import org.postrider.storage.mailbox.SystemFlag;
import org.postrider.storage.mailbox.UidSet;
import org.postrider.storage.testing.TestStores;

/// One POP3 session at a time, on every database.
abstract class MaildropContract extends StoreFixture {

    @Test
    void aMaildropIsOpenedOnceAtATime() {
        var first = done(store.maildrops().open(alice.id(), "first"));
        assertThat(store.maildrops().open(alice.id(), "second")).isEqualTo(refused(Refusal.IN_USE));
        var bob = TestStores.account(store, "bob@example.test");
        var others = done(store.maildrops().open(bob.id(), "another's"));
        first.close();
        var second = done(store.maildrops().open(alice.id(), "second"));
        first.close();
        assertThat(store.maildrops().open(alice.id(), "third")).isEqualTo(refused(Refusal.IN_USE));
        assertThat(done(second.update(UidSet.EMPTY, UidSet.EMPTY))).isEqualTo(UidSet.EMPTY);
        done(store.maildrops().open(alice.id(), "third")).close();
        others.close();
    }

    @Test
    void aMaildropIsUpdatedOnce() {
        deliver(alice, "", MESSAGE);
        deliver(alice, "", MESSAGE);
        var maildrop = done(store.maildrops().open(alice.id(), "pop3"));
        assertThat(done(maildrop.update(UidSet.of(1), UidSet.of(2)))).isEqualTo(UidSet.of(1));
        assertThat(view(inbox(alice)).flags(0)).isEqualTo(Flags.of(SystemFlag.SEEN));
        assertThatIllegalStateException()
                .isThrownBy(() -> maildrop.update(UidSet.of(2), UidSet.EMPTY));
        assertThat(view(inbox(alice)).size()).isEqualTo(1);
    }

    @Test
    void whoOnlyLooksForMailAsksNoLane() {
        deliver(alice, "", MESSAGE);
        store.close();
        var commands = new ArrayList<LaneCommand<?>>();
        var witness =
                new Lanes.Witness() {
                    @Override
                    public <T> LaneCommand<T> shown(LaneCommand<T> command) {
                        commands.add(command);
                        return command;
                    }
                };
        store = JdbcStore.open(settings, clock(), SegmentFiles.ofSystem(), witness);
        look();
        commands.clear();
        look();
        assertThat(commands).isEmpty();
    }

    private void look() {
        var maildrop = done(store.maildrops().open(alice.id(), "pop3"));
        assertThat(maildrop.view().size()).isEqualTo(1);
        assertThat(done(maildrop.update(UidSet.EMPTY, UidSet.EMPTY))).isEqualTo(UidSet.EMPTY);
    }

    @Test
    void aMaildropIsFreeAfterARestart() throws Exception {
        deliver(alice, "", MESSAGE);
        done(store.maildrops().open(alice.id(), "an earlier life"));
        reopen();
        var maildrop = done(store.maildrops().open(alice.id(), "pop3"));
        assertThat(done(maildrop.update(UidSet.of(1), UidSet.EMPTY))).isEqualTo(UidSet.of(1));
    }

    @Test
    void ofManyWhoAskAtOnceOneHasIt() throws Exception {
        var holding = new AtomicInteger();
        var had = new AtomicInteger();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var done = new ArrayList<Future<?>>();
            for (int i = 0; i < 32; i++) {
                done.add(
                        threads.submit(() -> {
                            for (int n = 0; n < 20; n++) {
                                var opened = store.maildrops().open(alice.id(), "pop3");
                                if (opened instanceof Outcome.Done(var maildrop)) {
                                    assertThat(holding.incrementAndGet()).isEqualTo(1);
                                    had.incrementAndGet();
                                    holding.decrementAndGet();
                                    maildrop.close();
                                }
                            }
                            return null;
                        }));
            }
            for (var each : done) {
                each.get();
            }
        }
        assertThat(had.get()).isPositive();
    }
}
