package org.postrider.storage.jdbc.upkeep;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.postrider.storage.jdbc.database.Answer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a store does again and again beside its commands, one task after the other, whoever runs
/// it: a platform thread that nobody interrupts, from [#start] to [#close].
///
/// When a task is due is decided by the store's clock; the thread looks at it at least once a
/// [#LOOK]. A task that fails is tried again at its next time; the first failure in a row is
/// logged, all are counted.
public final class Upkeep implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);

    /// How long the thread waits at most before it looks at the clock again.
    private static final Duration LOOK = Duration.ofSeconds(1);

    /// The work of a task, in bounded steps: other tasks wait for its end.
    @FunctionalInterface
    public interface Work {
        void run() throws SQLException, IOException;
    }

    /// @param name what the log calls it, and who runs it by hand
    /// @param period from the end of one run to the next
    /// @param waits whether it is better done another time; not asked of who runs it by hand
    public record Task(String name, Duration period, Work work, BooleanSupplier waits) {

        public Task(String name, Duration period, Work work) {
            this(name, period, work, () -> false);
        }
    }

    private final InstantSource clock;
    private final List<Timed> tasks;
    private final Thread thread;

    /// Tasks decide by what rows say, and change what another one decided by.
    private final ReentrantLock oneAtATime = new ReentrantLock();

    private volatile boolean closed;

    public Upkeep(InstantSource clock, List<Task> tasks) {
        this.clock = clock;
        this.tasks = tasks.stream().map(Timed::new).toList();
        this.thread = Thread.ofPlatform().name("upkeep").unstarted(this::work);
    }

    public void start() {
        thread.start();
    }

    /// Whether it was started and has not ended.
    public boolean isRunning() {
        return thread.isAlive();
    }

    /// Makes a task due at once, though it may still wait; returns before it is run.
    public void soon(String name) {
        task(name).due.set(Long.MIN_VALUE);
        LockSupport.unpark(thread);
    }

    /// Runs a task now, on the thread of the caller, after the run that may be under way.
    public void run(String name) throws SQLException, IOException {
        task(name).run();
    }

    /// How often a task has failed since the store was opened.
    long failures(String name) {
        return task(name).failures.get();
    }

    /// Ends after the task under way.
    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
        Answer.uninterrupted(thread::join);
    }

    private Timed task(String name) {
        return tasks.stream()
                .filter(timed -> timed.task.name().equals(name))
                .findAny()
                .orElseThrow(() -> new IllegalArgumentException("no task " + name));
    }

    private void work() {
        while (!closed) {
            for (var timed : tasks) {
                if (!closed && timed.due.get() <= clock.millis()) {
                    timed.attempt();
                }
            }
            long next =
                    tasks.stream().mapToLong(timed -> timed.due.get()).min().orElse(Long.MAX_VALUE);
            long now = clock.millis();
            long until = Math.clamp(next, now, now + LOOK.toMillis());
            if (until > now && !closed) {
                LockSupport.parkNanos(Duration.ofMillis(until - now).toNanos());
            }
        }
    }

    /// A task, when it is due, and how it went.
    private final class Timed {
        private final Task task;

        /// By the clock, in milliseconds.
        private final AtomicLong due;

        private final AtomicLong failures = new AtomicLong();
        private boolean failing;

        Timed(Task task) {
            this.task = task;
            this.due = new AtomicLong(clock.millis() + task.period().toMillis());
        }

        void run() throws SQLException, IOException {
            oneAtATime.lock();
            try {
                task.work().run();
            } finally {
                oneAtATime.unlock();
            }
        }

        void attempt() {
            due.set(Long.MAX_VALUE); // so that who asks for it meanwhile gets another run
            if (!task.waits().getAsBoolean()) {
                runNow();
            }
            due.accumulateAndGet(clock.millis() + task.period().toMillis(), Math::min);
        }

        private void runNow() {
            try {
                run();
                failing = false;
            } catch (SQLException | IOException | RuntimeException e) {
                failures.incrementAndGet();
                if (!failing) {
                    LOG.error("{} failed and will be tried again", task.name(), e);
                }
                failing = true;
            }
        }
    }
}
