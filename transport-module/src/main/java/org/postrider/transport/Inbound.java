package org.postrider.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/// The octets that arrived and that no conversation took yet. The event loop adds them, the
/// connection's worker takes them.
///
/// When more than the limit waits, the channel reads no more until three quarters are taken: a
/// client that sends faster than we work is held back by TCP, at a bounded cost. Nothing is
/// allocated while nothing waits.
final class Inbound {

    /// Arrivals up to this size are put together, so that a client sending single octets does not
    /// fill the memory with buffers that hold one octet each.
    private static final int SMALL = 512;

    private final Channel channel;
    private final int limit;

    private @Nullable ArrayDeque<ByteBuf> waiting;
    private int octets;
    private boolean paused;
    private boolean ended;
    private boolean discarding;

    Inbound(Channel channel, int limit) {
        this.channel = channel;
        this.limit = limit;
    }

    /// Takes over a buffer, on the event loop.
    synchronized void add(ByteBuf arrived) {
        int length = arrived.readableBytes();
        if (discarding || length == 0) {
            arrived.release();
            return;
        }
        if (waiting == null) {
            waiting = new ArrayDeque<>(4);
        }
        ByteBuf last = waiting.peekLast();
        if (length <= SMALL && last != null && last.writableBytes() >= length) {
            last.writeBytes(arrived);
            arrived.release();
        } else {
            waiting.add(arrived);
        }
        octets += length;
        if (octets > limit && !paused) {
            paused = true;
            channel.config().setAutoRead(false);
        }
    }

    /// Moves up to `length` octets to the worker's array and says how many, 0 when none wait.
    synchronized int take(byte[] into, int offset, int length) {
        int taken = 0;
        while (waiting != null && taken < length) {
            ByteBuf first = waiting.element();
            int part = Math.min(length - taken, first.readableBytes());
            first.readBytes(into, offset + taken, part);
            taken += part;
            if (!first.isReadable()) {
                first.release();
                waiting.remove();
                waiting = waiting.isEmpty() ? null : waiting;
            }
        }
        octets -= taken;
        resume();
        return taken;
    }

    synchronized int available() {
        return octets;
    }

    /// Nothing more will arrive.
    synchronized void end() {
        ended = true;
    }

    /// Whether nothing waits and nothing more will arrive.
    synchronized boolean isExhausted() {
        return ended && octets == 0;
    }

    /// From now on what arrives is thrown away, as is what waits.
    synchronized void discard() {
        discarding = true;
        if (waiting != null) {
            waiting.forEach(ByteBuf::release);
            waiting = null;
        }
        octets = 0;
        resume();
    }

    private void resume() {
        if (paused && octets <= limit / 4 && channel.isOpen()) {
            paused = false;
            channel.config().setAutoRead(true);
        }
    }
}
