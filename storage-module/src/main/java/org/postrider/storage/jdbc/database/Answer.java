package org.postrider.storage.jdbc.database;

import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.postrider.storage.mailbox.StoreUnavailable;

/// What another thread of the store will say. Who waits for it waits to the end, whoever
/// interrupts.
public final class Answer<T> {

    private final CountDownLatch said = new CountDownLatch(1);

    private @Nullable T value;
    private @Nullable Throwable failure;

    public void say(T answer) {
        value = answer;
        said.countDown();
    }

    public void fail(Throwable cause) {
        failure = cause;
        said.countDown();
    }

    /// @throws StoreUnavailable when the world failed
    /// @throws IllegalStateException when the store is wrong
    public T await() {
        uninterrupted(said::await);
        if (failure instanceof IllegalStateException || failure instanceof StoreUnavailable) {
            throw (RuntimeException) failure;
        }
        if (failure != null) {
            throw new StoreUnavailable("the store cannot do it now", failure);
        }
        if (value == null) {
            throw new IllegalStateException("answered with nothing");
        }
        return value;
    }

    /// Something that waits and can be interrupted.
    @FunctionalInterface
    public interface Waiting {
        void await() throws InterruptedException;
    }

    /// Waits to the end and keeps the interrupt for later.
    public static void uninterrupted(Waiting waiting) {
        boolean interrupted = false;
        while (true) {
            try {
                waiting.await();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
