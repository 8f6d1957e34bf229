package org.postrider.transport;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// The connection layer of one process: a few event-loop threads and the limits that all listeners
/// share.
public final class Transport implements AutoCloseable {

    /// After the drain time connections are closed without a word; so long their conversations may
    /// take to notice.
    private static final long ABORT_SECONDS = 2;

    private final TransportLimits limits;
    private final Admission admission;
    private final EventLoopGroup loops;
    private final Executor threads;
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private final AtomicLong numbers = new AtomicLong();
    private final AtomicInteger conversations = new AtomicInteger();
    private volatile @Nullable Thread closer;

    private Transport(TransportLimits limits) {
        this.limits = limits;
        this.admission = new Admission(limits);
        int cores = Math.clamp(Runtime.getRuntime().availableProcessors(), 2, 8);
        this.loops =
                new MultiThreadIoEventLoopGroup(
                        cores,
                        new DefaultThreadFactory("transport", true),
                        NioIoHandler.newFactory());
        Thread.Builder.OfVirtual virtual =
                Thread.ofVirtual().name("conversation").inheritInheritableThreadLocals(false);
        this.threads = virtual::start;
    }

    public static Transport start(TransportLimits limits) {
        return new Transport(limits);
    }

    /// Listens on an address.
    ///
    /// @throws IOException when the address cannot be had; the message names it
    public Listener listen(ListenerSettings settings) throws IOException {
        Listener listener = new Listener(this, settings);
        listener.bind();
        listeners.add(listener);
        return listener;
    }

    public List<Listener> listeners() {
        return List.copyOf(listeners);
    }

    /// How many conversations there are at the moment.
    public int connections() {
        return conversations.get();
    }

    /// Shuts down in order: accepts nothing more, says goodbye to whoever is idle, lets running
    /// commands finish for a while, and closes what is left.
    @Override
    public synchronized void close() {
        if (loops.isShuttingDown()) {
            loops.terminationFuture().awaitUninterruptibly();
            return;
        }
        listeners.forEach(Listener::unbind);
        closer = Thread.currentThread();
        listeners.forEach(listener -> listener.endAll(Farewell.SHUTDOWN));
        awaitClosed(limits.waits().drain().toNanos());
        listeners.forEach(Listener::abortAll);
        awaitClosed(TimeUnit.SECONDS.toNanos(ABORT_SECONDS));
        for (EventExecutor loop : loops) {
            loop.submit(() -> {}).awaitUninterruptibly(); // what was written before is sent
        }
        loops.shutdownGracefully(0, ABORT_SECONDS, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    private void awaitClosed(long nanos) {
        long since = System.nanoTime();
        while (conversations.get() > 0 && System.nanoTime() - since < nanos) {
            LockSupport.parkNanos(this, nanos - (System.nanoTime() - since));
        }
    }

    // What the listeners and connections share.

    TransportLimits limits() {
        return limits;
    }

    Admission admission() {
        return admission;
    }

    EventLoopGroup loops() {
        return loops;
    }

    Executor threads() {
        return threads;
    }

    long number() {
        return numbers.incrementAndGet();
    }

    void opened() {
        conversations.incrementAndGet();
    }

    boolean isClosing() {
        return closer != null;
    }

    void closed() {
        conversations.decrementAndGet();
        LockSupport.unpark(closer);
    }
}
