package org.postrider.transport;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.Arrays;

/// What a conversation wrote and the channel did not get yet. Small writes share one packet; a
/// client that does not read blocks the worker until it does, or until it has not read anything for
/// too long.
final class Outbound {

    private static final byte[] EMPTY = new byte[0];
    private static final int SMALLEST = 256;
    private static final int FULL = 32 << 10;

    private final Channel channel;
    private final Worker worker;
    private final Duration unread;

    private byte[] buffer = EMPTY;
    private int length;

    Outbound(Channel channel, Worker worker, Duration unread) {
        this.channel = channel;
        this.worker = worker;
        this.unread = unread;
    }

    void write(byte[] octets, int offset, int count) throws IOException {
        int from = offset;
        int left = count;
        while (left > 0) {
            if (length == FULL) {
                flush();
            }
            int part = Math.min(left, FULL - length);
            reserve(length + part);
            System.arraycopy(octets, from, buffer, length, part);
            length += part;
            from += part;
            left -= part;
        }
    }

    private void reserve(int wanted) {
        if (wanted > buffer.length) {
            buffer =
                    Arrays.copyOf(
                            buffer,
                            Math.clamp(Math.max(wanted, buffer.length * 2L), SMALLEST, FULL));
        }
    }

    void flush() throws IOException {
        if (length > 0) {
            awaitReader();
            channel.writeAndFlush(Unpooled.wrappedBuffer(buffer, 0, length), channel.voidPromise());
            buffer = EMPTY;
            length = 0;
        }
    }

    private void awaitReader() throws IOException {
        long unsent = channel.bytesBeforeWritable();
        long since = System.nanoTime();
        while (channel.isActive() && !channel.isWritable()) {
            long left = since + unread.toNanos() - System.nanoTime();
            if (left > 0) {
                worker.await(left);
            } else if (channel.bytesBeforeWritable() < unsent) {
                unsent = channel.bytesBeforeWritable();
                since = System.nanoTime();
            } else {
                channel.close();
                throw new SocketTimeoutException("the client read nothing for " + unread);
            }
        }
        if (!channel.isActive()) {
            throw new ClosedChannelException();
        }
    }
}
