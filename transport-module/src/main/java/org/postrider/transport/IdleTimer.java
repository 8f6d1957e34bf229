package org.postrider.transport;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Notices that a client has been silent for too long. Hearing something only notes the time; the
/// one task there is looks at that note when it comes due, and schedules itself for what is left.
final class IdleTimer implements Runnable {

    /// What the timer looks at and what it causes.
    interface Watched {
        boolean isWorking();

        void idle();
    }

    private final EventLoop loop;
    private final Watched watched;
    private volatile long limit;
    private volatile long heard;
    private volatile boolean stopped;

    private @Nullable ScheduledFuture<?> task;
    private long due;

    IdleTimer(EventLoop loop, Watched watched, Duration limit) {
        this.loop = loop;
        this.watched = watched;
        this.limit = limit.toNanos();
        this.heard = System.nanoTime();
    }

    void heard() {
        heard = System.nanoTime();
    }

    long limit() {
        return limit;
    }

    /// From any thread.
    void limit(Duration silence) {
        long wanted = silence.toNanos();
        if (wanted != limit && !loop.isShuttingDown()) {
            limit = wanted;
            loop.execute(this::start);
        }
    }

    /// On the event loop. Does nothing when the task comes due early enough.
    void start() {
        long wanted = heard + limit;
        if (stopped || (task != null && due - wanted <= 0)) {
            return;
        }
        if (task != null) {
            task.cancel(false);
        }
        due = wanted;
        task = loop.schedule(this, Math.max(1, wanted - System.nanoTime()), TimeUnit.NANOSECONDS);
    }

    /// On the event loop.
    void stop() {
        stopped = true;
        if (task != null) {
            task.cancel(false);
            task = null;
        }
    }

    @Override
    public void run() {
        task = null;
        if (watched.isWorking()) {
            heard();
        } else if (heard + limit - System.nanoTime() <= 0) {
            watched.idle();
            return;
        }
        start();
    }
}
