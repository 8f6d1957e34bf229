package org.postrider.transport;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// One connection's thread: there is at most one at a time, and only while there is something to
/// do.
///
/// Whoever adds something to do calls [#news]. That starts a thread when there is none, and wakes
/// the one there is when it waits. The thread may go only when nobody had news since it last
/// looked, so news is never lost and two threads never meet.
final class Worker {

    private static final int RESTING = 0;
    private static final int WORKING = 1;
    private static final int NEWS = 2;

    /// After so many turns in a row other connections come first.
    private static final int TURNS = 32;

    private final AtomicInteger state = new AtomicInteger(RESTING);
    private final Executor threads;
    private final Runnable body;
    private volatile @Nullable Thread thread;

    /// Whether this turn waited for news and had some. Used by the worker's own thread only.
    private boolean heard;

    /// @param body calls [#turns] and nothing that could fail
    Worker(Executor threads, Runnable body) {
        this.threads = threads;
        this.body = body;
    }

    /// Something is to be done. From any thread.
    void news() {
        while (!nudge()) {
            if (state.compareAndSet(RESTING, WORKING)) {
                threads.execute(body);
                return;
            }
        }
    }

    /// Wakes the thread; false when there is none. From any thread.
    boolean nudge() {
        while (true) {
            switch (state.get()) {
                case WORKING -> {
                    if (state.compareAndSet(WORKING, NEWS)) {
                        LockSupport.unpark(thread);
                        return true;
                    }
                }
                case NEWS -> {
                    return true;
                }
                default -> {
                    return false;
                }
            }
        }
    }

    boolean isWorking() {
        return state.get() != RESTING;
    }

    /// Takes turns until one finds nothing to do and nobody had news since it began to look.
    void turns(BooleanSupplier turn) {
        do {
            thread = Thread.currentThread();
            int taken = 0;
            do {
                state.set(WORKING);
                heard = false;
                if (++taken % TURNS == 0) {
                    letOthers();
                }
            } while (turn.getAsBoolean());
            thread = null;
        } while (heard || !state.compareAndSet(WORKING, RESTING));
    }

    /// Virtual threads are not preempted: a client that sends commands without end would keep a
    /// carrier thread for itself.
    @SuppressWarnings("ThreadPriorityCheck")
    private static void letOthers() {
        Thread.yield();
    }

    /// Waits for news, at most so long. May return early: the caller looks again. From the worker's
    /// own thread, in the middle of a turn; news that it waited for is looked at by the next turn
    /// too.
    void await(long nanos) {
        if (state.get() == WORKING) {
            LockSupport.parkNanos(this, nanos);
        }
        heard |= state.compareAndSet(NEWS, WORKING);
    }
}
