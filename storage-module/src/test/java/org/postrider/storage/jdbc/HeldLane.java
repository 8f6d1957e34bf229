package org.postrider.storage.jdbc;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.postrider.storage.jdbc.database.Answer;
import org.postrider.storage.jdbc.group.GroupPlan;
import org.postrider.storage.jdbc.group.LaneCommand;

/// Keeps the only lane of a store busy, so that what is asked meanwhile becomes one group, in the
/// order in which it was asked.
final class HeldLane implements AutoCloseable {

    private final JdbcStore store;
    private final CountDownLatch held = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Future<?>> asked = new ArrayList<>();

    HeldLane(JdbcStore store) {
        this.store = store;
        store.lanes().send(new Holding());
        Answer.uninterrupted(held::await);
    }

    private final class Holding implements LaneCommand<Boolean> {

        @Override
        public Set<Integer> accounts() {
            return Set.of();
        }

        @Override
        public Boolean plan(GroupPlan plan) {
            held.countDown();
            Answer.uninterrupted(released::await);
            return true;
        }
    }

    /// Asks, and returns when it waits in front of the lane.
    void ask(Callable<?> change) {
        int before = store.lanes().waiting();
        var future = threads.submit(change);
        asked.add(future);
        while (store.lanes().waiting() == before && !future.isDone()) {
            Thread.onSpinWait();
        }
    }

    /// Lets the lane go on.
    ///
    /// @return what became of each: nothing when it was done
    List<Optional<Throwable>> release() throws InterruptedException {
        released.countDown();
        var told = new ArrayList<Optional<Throwable>>();
        for (var each : asked) {
            try {
                each.get();
                told.add(Optional.empty());
            } catch (ExecutionException e) {
                told.add(Optional.of(Objects.requireNonNull(e.getCause())));
            }
        }
        return told;
    }

    @Override
    public void close() {
        released.countDown();
        threads.close();
    }
}
