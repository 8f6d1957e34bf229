package org.postrider.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class WorkerTest {

    private static final int THREADS = 4;
    private static final int EACH = 5_000;

    /// A worker that takes numbers, and waits a little when there are none.
    private static final class Taker {
        final ConcurrentLinkedQueue<Integer> queue = new ConcurrentLinkedQueue<>();
        final CountDownLatch left = new CountDownLatch(THREADS * EACH);
        final AtomicInteger inside = new AtomicInteger();
        final AtomicInteger met = new AtomicInteger();
        final Worker worker = new Worker(Thread::startVirtualThread, this::work);

        void work() {
            worker.turns(this::turn);
        }

        boolean turn() {
            if (inside.incrementAndGet() > 1) {
                met.incrementAndGet();
            }
            Integer next = queue.poll();
            if (next != null) {
                left.countDown();
            } else {
                worker.await(
                        TimeUnit.MICROSECONDS.toNanos(
                                20)); // as a flush does that a slow reader holds up
            }
            inside.decrementAndGet();
            return next != null;
        }
    }

    @Test
    void noNewsIsLostAndNoTwoThreadsMeet() throws Exception {
        Taker taker = new Taker();
        List<Thread> senders = new ArrayList<>();
        for (int t = 0; t < THREADS; t++) {
            senders.add(
                    Thread.ofPlatform()
                            .start(() -> {
                                for (int i = 0; i < EACH; i++) {
                                    taker.queue.add(i);
                                    taker.worker.news();
                                    while (i % 16 == 0 && taker.worker.isWorking()) {
                                        Thread.onSpinWait(); // so that the worker often begins
                                        // and ends
                                    }
                                }
                            }));
        }
        for (Thread sender : senders) {
            sender.join();
        }
        assertThat(taker.left.await(30, TimeUnit.SECONDS)).as("all were taken").isTrue();
        assertThat(taker.met).hasValue(0);
    }
}
