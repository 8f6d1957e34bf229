package org.postrider.storage.jdbc.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.Thread.State;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

class UpkeepTest {

    private static final Duration MOMENT = Duration.ofMillis(1);

    @Test
    void aTaskIsRunAgainAndAgainAlsoAfterItFailed() throws Exception {
        var runs = new CountDownLatch(3);
        var task =
                new Upkeep.Task(
                        "task",
                        MOMENT,
                        () -> {
                            runs.countDown();
                            throw new IOException("no");
                        });
        try (var upkeep = new Upkeep(InstantSource.system(), List.of(task))) {
            upkeep.start();
            assertThat(runs.await(30, TimeUnit.SECONDS)).isTrue();
            assertThat(upkeep.failures("task")).isGreaterThanOrEqualTo(2);
        }
    }

    @Test
    void aTaskIsDueByTheStoresClock() throws Exception {
        var early = new AtomicInteger();
        var asked = new CountDownLatch(1);
        var tasks =
                List.of(
                        new Upkeep.Task("early", Duration.ofDays(1), early::incrementAndGet),
                        new Upkeep.Task("asked", Duration.ofDays(1), asked::countDown));
        try (var upkeep = new Upkeep(InstantSource.fixed(Instant.EPOCH), tasks)) {
            upkeep.start();
            upkeep.soon("asked");
            assertThat(asked.await(30, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(early).hasValue(0);
    }

    @Test
    void aTestRunsATaskByHand() throws Exception {
        var runs = new AtomicInteger();
        var task = new Upkeep.Task("task", Duration.ofDays(1), runs::incrementAndGet);
        try (var upkeep = new Upkeep(InstantSource.fixed(Instant.EPOCH), List.of(task))) {
            upkeep.start();
            upkeep.run("task");
        }
        assertThat(runs).hasValue(1);
    }

    @Test
    void noTaskIsRunBesideAnother() throws Exception {
        var begun = new CountDownLatch(1);
        var other = new AtomicReference<Thread>();
        var order = new ConcurrentLinkedQueue<String>();
        Upkeep.Work first =
                () -> {
                    begun.countDown();
                    while (other.get() == null || other.get().getState() == State.RUNNABLE) {
                        Thread.onSpinWait(); // until the second waits, or has run
                    }
                    order.add("first");
                };
        var tasks =
                List.of(
                        new Upkeep.Task("first", Duration.ofDays(1), first),
                        new Upkeep.Task("second", Duration.ofDays(1), () -> order.add("second")));
        try (var upkeep = new Upkeep(InstantSource.fixed(Instant.EPOCH), tasks)) {
            upkeep.start();
            upkeep.soon("first");
            begun.await();
            other.set(Thread.currentThread());
            upkeep.run("second");
        }
        assertThat(order).containsExactly("first", "second");
    }

    @Test
    void aTaskThatWaitsIsRunLaterOrByHand() throws Exception {
        var looks = new CountDownLatch(3);
        var runs = new CountDownLatch(1);
        var byHand = new AtomicInteger();
        BooleanSupplier waits =
                () -> {
                    looks.countDown();
                    return looks.getCount() > 0;
                };
        var tasks =
                List.of(
                        new Upkeep.Task("later", MOMENT, runs::countDown, waits),
                        new Upkeep.Task(
                                "never", Duration.ofDays(1), byHand::incrementAndGet, () -> true));
        try (var upkeep = new Upkeep(InstantSource.system(), tasks)) {
            upkeep.start();
            assertThat(runs.await(30, TimeUnit.SECONDS)).isTrue();
            assertThat(looks.getCount()).isZero();
            upkeep.run("never");
        }
        assertThat(byHand).hasValue(1);
    }
}
