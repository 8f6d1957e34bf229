package org.postrider.storage.jdbc.lane;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.postrider.storage.StoreLimits;
import org.postrider.storage.blob.StagedBody;
import org.postrider.storage.jdbc.group.ApplyCommand;
import org.postrider.storage.mailbox.StoreUnavailable;

/// What waits for a lane. Who comes when it is full waits: that is the back-pressure.
final class LaneQueue {

    /// Accounts in one transaction, unless one command has more.
    private static final int MOST_ACCOUNTS = 1_000;

    /// While commands keep coming, rows that are behind get one transaction in so many.
    private static final int GROUPS_PER_APPLIED = 32;

    private final StoreLimits.Writing limits;
    private final Duration rest;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition notFull = lock.newCondition();
    private final Condition notEmpty = lock.newCondition();
    private final ArrayDeque<Ticket<?>> waiting = new ArrayDeque<>();

    /// Accounts whose rows are behind their log, in the order in which it is their turn.
    private final LinkedHashSet<Integer> behind = new LinkedHashSet<>();

    private int groupsSinceApplied;
    private boolean closed;

    LaneQueue(StoreLimits.Writing limits, Duration rest) {
        this.limits = limits;
        this.rest = rest;
    }

    void put(Ticket<?> ticket) {
        lock.lock();
        try {
            while (waiting.size() >= limits.waitingCommands() && !closed) {
                notFull.awaitUninterruptibly();
            }
            if (closed) {
                throw new StoreUnavailable("the store is closed");
            }
            waiting.add(ticket);
            notEmpty.signal();
        } finally {
            lock.unlock();
        }
    }

    /// Has the rows of an account brought up to its log, when there is time.
    void applyLater(int account) {
        lock.lock();
        try {
            behind.add(account);
        } finally {
            lock.unlock();
        }
    }

    /// What waits now, as much as fits a group; empty when the queue is closed and everything done.
    List<Ticket<?>> take() {
        lock.lock();
        try {
            awaitWork();
            if (isTimeToApply()) {
                groupsSinceApplied = 0;
                return List.of(new Ticket<>(new ApplyCommand(behind.removeFirst())));
            }
            groupsSinceApplied++;
            var group = new ArrayList<Ticket<?>>();
            long octets = 0;
            int accounts = 0;
            while (!waiting.isEmpty() && group.size() < limits.groupCommands()) {
                var next = waiting.peek().command();
                octets += next.bodies().stream().mapToLong(StagedBody::inMemory).sum();
                accounts += next.accounts().size();
                boolean over = octets > limits.groupOctets() || accounts > MOST_ACCOUNTS;
                if (over && !group.isEmpty()) {
                    break;
                }
                group.add(waiting.remove());
            }
            notFull.signalAll();
            return group;
        } finally {
            lock.unlock();
        }
    }

    /// Returns when commands wait, when the queue is closed, or when there was nothing to do for so
    /// long that rows may be brought up.
    private void awaitWork() {
        long left = rest.toNanos();
        try {
            while (waiting.isEmpty() && !closed && (behind.isEmpty() || left > 0)) {
                if (behind.isEmpty()) {
                    notEmpty.awaitUninterruptibly();
                } else {
                    left = notEmpty.awaitNanos(left);
                }
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts a lane", e);
        }
    }

    private boolean isTimeToApply() {
        return !behind.isEmpty()
                && !closed
                && (waiting.isEmpty() || groupsSinceApplied >= GROUPS_PER_APPLIED);
    }

    /// How many commands wait.
    int waiting() {
        lock.lock();
        try {
            return waiting.size();
        } finally {
            lock.unlock();
        }
    }

    boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    void close() {
        lock.lock();
        try {
            closed = true;
            notFull.signalAll();
            notEmpty.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
