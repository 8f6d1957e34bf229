package org.postrider.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.haproxy.HAProxyMessage;
import io.netty.handler.codec.haproxy.HAProxyMessageDecoder;
import io.netty.handler.codec.haproxy.HAProxyProtocolException;
import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A connection from the event loop's side. Before the conversation begins come, in this order, the
/// limit on all connections, the PROXY header of a trusted proxy, the limit on the client's
/// address, and TLS where it is implicit. Afterwards the event loop only passes on what arrives.
final class ConnectionHandler extends ChannelInboundHandlerAdapter {

    private static final Logger log = LoggerFactory.getLogger(ConnectionHandler.class);

    /// Enough for every address and the usual extensions of a PROXY header, which are not read.
    private static final int PROXY_EXTENSIONS = 4096;

    private final Listener listener;
    private final Admission admission;
    private final NettyConnection connection;

    private boolean counted;
    private boolean refused;
    private boolean countedRefused;
    private boolean located;
    private boolean begun;
    private @Nullable InetAddress countedAddress;

    ConnectionHandler(Listener listener, Admission admission, NettyConnection connection) {
        this.listener = listener;
        this.admission = admission;
        this.connection = connection;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        // Asked for now, both are known even after the channel was closed.
        if (!(ctx.channel().remoteAddress() instanceof InetSocketAddress peer)
                || !(ctx.channel().localAddress() instanceof InetSocketAddress)) {
            ctx.close();
            return;
        }
        counted = admission.enter();
        if (!counted && !refuse(ctx)) {
            return;
        }
        if (listener.trustsProxy(peer.getAddress())) {
            ctx.pipeline().addBefore(ctx.name(), null, new HAProxyMessageDecoder(PROXY_EXTENSIONS));
            ctx.executor()
                    .schedule(
                            () -> requireLocated(ctx),
                            listener.limits().waits().proxyHeader().toNanos(),
                            TimeUnit.NANOSECONDS);
        } else {
            locate(ctx);
        }
    }

    private void requireLocated(ChannelHandlerContext ctx) {
        if (!located) {
            log.warn("no PROXY header in time from {}", ctx.channel().remoteAddress());
            ctx.close();
        }
    }

    /// Where the client is is known.
    private void locate(ChannelHandlerContext ctx) {
        located = true;
        InetAddress address = connection.remoteAddress().getAddress();
        if (!refused) {
            if (admission.enter(address)) {
                countedAddress = address;
            } else if (!refuse(ctx)) {
                return;
            }
        }
        if (listener.tls() == TlsMode.IMPLICIT) {
            ctx.pipeline().addBefore(ctx.name(), null, listener.sslHandler(ctx.channel()));
        } else {
            begin();
        }
    }

    private void begin() {
        begun = connection.begin(refused);
    }

    /// Whether the client may be told that it is one too many; otherwise the connection is closed.
    private boolean refuse(ChannelHandlerContext ctx) {
        refused = true;
        countedRefused = admission.enterRefused();
        if (!countedRefused) {
            ctx.close();
        }
        return countedRefused;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        switch (message) {
            case ByteBuf octets -> {
                connection.inbound().add(octets);
                if (begun) {
                    connection.timer().heard();
                    connection.worker().news();
                }
            }
            case HAProxyMessage header -> {
                proxied(ctx, header);
                header.release();
            }
            default -> throw new IllegalStateException("unexpected " + message.getClass());
        }
    }

    /// Takes the addresses of the header; a LOCAL or UNKNOWN one has none, and the proxy itself is
    /// the client (the PROXY protocol §2.1, §2.2).
    private void proxied(ChannelHandlerContext ctx, HAProxyMessage header) {
        switch (header.proxiedProtocol()) {
            case TCP4, TCP6, UDP4, UDP6 ->
                    connection.proxied(
                            new InetSocketAddress(
                                    InetAddress.ofLiteral(header.sourceAddress()),
                                    header.sourcePort()),
                            new InetSocketAddress(
                                    InetAddress.ofLiteral(header.destinationAddress()),
                                    header.destinationPort()));
            case UNKNOWN, UNIX_STREAM, UNIX_DGRAM -> log.debug("a PROXY header without addresses");
        }
        locate(ctx);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        switch (event) {
            case SslHandshakeCompletionEvent done when done.isSuccess() -> {
                SslHandler handler = ctx.pipeline().get(SslHandler.class);
                SSLSession session = handler.engine().getSession();
                connection.encrypted(new TlsInfo(session.getProtocol(), session.getCipherSuite()));
                if (!begun) {
                    begin();
                }
            }
            case SslHandshakeCompletionEvent failed ->
                    log.info(
                            "{}: no TLS with {}: {}",
                            connection.tag(),
                            connection.remoteAddress(),
                            reason(failed.cause()));
            case SslCloseCompletionEvent _, ChannelInputShutdownEvent _ -> ended(ctx);
            default -> ctx.fireUserEventTriggered(event);
        }
    }

    /// Netty's words for clear text on a TLS port hold all of that text in hexadecimal, passwords
    /// included.
    private static String reason(Throwable cause) {
        return cause instanceof NotSslRecordException ? "it does not speak TLS" : cause.toString();
    }

    private void ended(ChannelHandlerContext ctx) {
        connection.inbound().end();
        if (begun && !connection.isOver()) {
            connection.worker().news();
        } else {
            ctx.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        connection.timer().stop();
        leaveAddress();
        if (counted) {
            counted = false;
            admission.leave();
        }
        if (countedRefused) {
            countedRefused = false;
            admission.leaveRefused();
        }
        connection.inbound().end();
        if (begun) {
            connection.worker().news();
        } else {
            connection.inbound().discard(); // nobody will take it
        }
    }

    /// The address has room for the next connection before the client can see that this one ended.
    void leaveAddress() {
        if (countedAddress != null) {
            admission.leave(countedAddress);
            countedAddress = null;
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        connection.worker().nudge();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        switch (cause) {
            case HAProxyProtocolException _ ->
                    log.warn(
                            "no valid PROXY header from {}: {}",
                            ctx.channel().remoteAddress(),
                            cause.getMessage());
            case IOException _ -> log.debug("{}: {}", connection.tag(), cause.toString());
            case DecoderException _ ->
                    log.debug("{}: cannot be decoded: {}", connection.tag(), cause.getClass());
            default -> log.error("{}: the connection layer failed", connection.tag(), cause);
        }
        ctx.close();
    }
}
