package org.postrider.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.postrider.storage.jdbc.command.LeaseCommands;
import org.postrider.storage.mailbox.Flags;
import org.postrider.storage.mailbox.Outcome;
import org.postrider.storage.mailbox.Refusal;
import org.postrider.storage.mailbox.SystemFlag;
import org.postrider.storage.mailbox.UidSet;

/// One POP3 session at a time, on every database.
abstract class LeaseContract extends StoreFixture {

    private final TestClock clock = new TestClock();

    @Override
    InstantSource clock() {
        return clock;
    }

    private JdbcStore jdbc() {
        return (JdbcStore) store;
    }

    private Outcome<LeaseCommands.Held> acquire(String holder) {
        return jdbc().lanes().call(new LeaseCommands.Acquire(inbox(alice), holder));
    }

    private String lease() throws SQLException {
        try (var connection =
                        DriverManager.getConnection(
                                settings.url(), settings.user(), settings.password());
                var statement = connection.createStatement();
                var row =
                        statement.executeQuery(
                                "select epoch, holder is null from maildrop_lease")) {
            return row.next() ? row.getInt(1) + (row.getBoolean(2) ? " free" : " held") : "none";
        }
    }

    @Test
    void aMaildropIsOpenedOnceAtATime() throws Exception {
        var first = done(store.maildrops().open(alice.id(), "first"));
        assertThat(store.maildrops().open(alice.id(), "second")).isEqualTo(refused(Refusal.IN_USE));
        assertThat(lease()).isEqualTo("1 held");
        first.close();
        first.close();
        var second = done(store.maildrops().open(alice.id(), "second"));
        assertThat(lease()).isEqualTo("2 held");
        assertThat(done(second.update(UidSet.EMPTY, UidSet.EMPTY))).isEqualTo(UidSet.EMPTY);
        assertThat(lease()).isEqualTo("2 free");
        assertThat(second.update(UidSet.EMPTY, UidSet.EMPTY))
                .isEqualTo(refused(Refusal.LEASE_LOST));
    }

    @Test
    void aLeaseRunsOutUnlessItIsExtended() {
        var lease = done(acquire("here"));
        clock.pass(Duration.ofSeconds(10));
        jdbc().lanes().call(new LeaseCommands.Extend(List.of(lease)));
        clock.pass(Duration.ofSeconds(10));
        assertThat(acquire("elsewhere")).isEqualTo(refused(Refusal.IN_USE));
        clock.pass(Duration.ofSeconds(5));
        assertThat(done(acquire("elsewhere")).epoch()).isEqualTo(2);
        jdbc().lanes().call(new LeaseCommands.Extend(List.of(lease)));
        clock.pass(Duration.ofSeconds(15));
        assertThat(done(acquire("a third")).epoch()).isEqualTo(3);
    }

    @Test
    void whoLostTheLeaseRemovesNothing() throws Exception {
        deliver(alice, "", MESSAGE);
        deliver(alice, "", MESSAGE);
        var maildrop = done(store.maildrops().open(alice.id(), "pop3"));
        var first = new LeaseCommands.Held(inbox(alice), 1);
        assertThat(jdbc().lanes().call(new LeaseCommands.Release(first))).isTrue();
        done(acquire("elsewhere"));
        var before = view(inbox(alice));
        assertThat(maildrop.update(UidSet.of(1), UidSet.of(2)))
                .isEqualTo(refused(Refusal.LEASE_LOST));
        assertThat(view(inbox(alice))).isSameAs(before);
        assertThat(lease()).isEqualTo("2 held");
    }

    @Test
    void anExpiredLeaseThatNobodyTookIsStillGood() {
        deliver(alice, "", MESSAGE);
        deliver(alice, "", MESSAGE);
        var maildrop = done(store.maildrops().open(alice.id(), "pop3"));
        clock.pass(Duration.ofHours(1));
        assertThat(done(maildrop.update(UidSet.of(1), UidSet.of(2)))).isEqualTo(UidSet.of(1));
        assertThat(view(inbox(alice)).flags(0)).isEqualTo(Flags.of(SystemFlag.SEEN));
    }

    @Test
    void aLeaseIsAcquiredOnceThoughTheCommandIsCarriedOutTwice() throws Exception {
        var first = done(acquire("the same"));
        assertThat(done(acquire("the same"))).isEqualTo(first);
        var lanes = jdbc().lanes();
        assertThat(lanes.call(new LeaseCommands.Release(first))).isTrue();
        assertThat(lanes.call(new LeaseCommands.Release(first))).isFalse();
        assertThat(lease()).isEqualTo("1 free");
    }

    @Test
    void whatAnEarlierLifeLeftIsDroppedAtStart() throws Exception {
        deliver(alice, "", MESSAGE);
        done(acquire("an earlier life"));
        reopen();
        assertThat(lease()).isEqualTo("1 free");
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
