package org.postrider.transport;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// Closes a connection so that the client can read what was written last: first our side, and the
/// whole when the client closed its own or did not in time. Closing at once while the client still
/// sends would reset the connection, and the reset overtakes our words.
final class LastWords {

    private LastWords() {}

    /// On the event loop, once nothing more will be written.
    static void close(SocketChannel channel, TransportLimits limits) {
        if (!channel.isActive()) {
            return;
        }
        channel.config().setAutoRead(true);
        SslHandler ssl = channel.pipeline().get(SslHandler.class);
        ChannelFuture sent =
                ssl == null ? channel.writeAndFlush(Unpooled.EMPTY_BUFFER) : ssl.closeOutbound();
        closeAfter(channel, limits.waits().unread());
        sent.addListener(_ -> {
            if (channel.isInputShutdown()) {
                channel.close();
            } else {
                channel.shutdownOutput();
                closeAfter(channel, limits.waits().linger());
            }
        });
    }

    private static void closeAfter(SocketChannel channel, Duration time) {
        ScheduledFuture<?> task =
                channel.eventLoop()
                        .schedule(() -> channel.close(), time.toNanos(), TimeUnit.NANOSECONDS);
        channel.closeFuture().addListener(_ -> task.cancel(false));
    }
}
