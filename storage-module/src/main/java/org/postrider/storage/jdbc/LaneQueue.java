package org.postrider.storage.jdbc;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.postrider.storage.StoreLimits;
import org.postrider.storage.blob.StagedBody;
import org.postrider.storage.mailbox.StoreUnavailable;

/// What waits for a lane. Who comes when it is full waits: that is the back-pressure.
final class LaneQueue {

    /// Accounts in one transaction, unless one command has more.
    private static final int MOST_ACCOUNTS = 1_000;

    private final StoreLimits.Writing limits;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition notFull = lock.newCondition();
    private final Condition notEmpty = lock.newCondition();
    private final ArrayDeque<Ticket<?>> waiting = new ArrayDeque<>();

    private boolean closed;

    LaneQueue(StoreLimits.Writing limits) {
        this.limits = limits;
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

    /// What waits now, as much as fits a group; empty when the queue is closed and everything done.
    List<Ticket<?>> take() {
        lock.lock();
        try {
            while (waiting.isEmpty() && !closed) {
                notEmpty.awaitUninterruptibly();
            }
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
