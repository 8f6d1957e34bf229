package org.postrider.transport;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.ssl.SslHandler;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.apache.james.protocols.api.ProtocolServer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One address where one protocol is spoken. Closing a listener ends the accepting; its connections
/// go on until they end or the [Transport] is closed.
public final class Listener implements ProtocolServer, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Listener.class);

    private final Transport transport;
    private final ListenerSettings settings;
    private final JamesProtocol james;
    private final Set<NettyConnection> connections = ConcurrentHashMap.newKeySet();
    private volatile @Nullable Channel channel;

    Listener(Transport transport, ListenerSettings settings) {
        this.transport = transport;
        this.settings = settings;
        this.james = new JamesProtocol(settings.protocol());
    }

    public String name() {
        return settings.name();
    }

    /// Where it listens, with the real port when port 0 was asked for.
    public InetSocketAddress address() {
        Channel bound = channel;
        return bound != null && bound.localAddress() instanceof InetSocketAddress real
                ? real
                : settings.address();
    }

    /// How many conversations there are at the moment.
    public int connections() {
        return connections.size();
    }

    @Override
    public void bind() throws IOException {
        ChannelFuture bound =
                new ServerBootstrap()
                        .group(transport.loops())
                        .channel(NioServerSocketChannel.class)
                        .option(ChannelOption.SO_BACKLOG, limits().connections().backlog())
                        .option(ChannelOption.SO_REUSEADDR, true)
                        .childOption(ChannelOption.TCP_NODELAY, true)
                        .childOption(ChannelOption.SO_KEEPALIVE, true)
                        .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
                        .childHandler(new Entrance())
                        .bind(settings.address())
                        .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw refused(bound.cause());
        }
        channel = bound.channel();
        log.info("{} listens on {}", name(), address());
    }

    private BindException refused(Throwable cause) {
        InetSocketAddress wanted = settings.address();
        BindException exception =
                new BindException(
                        "cannot listen on "
                                + wanted.getHostString()
                                + ":"
                                + wanted.getPort()
                                + " ("
                                + name()
                                + "): "
                                + cause.getMessage());
        exception.initCause(cause);
        return exception;
    }

    @Override
    public void unbind() {
        Channel bound = channel;
        if (bound != null) {
            bound.close().awaitUninterruptibly();
        }
    }

    @Override
    public void close() {
        unbind();
    }

    @Override
    public boolean isBound() {
        Channel bound = channel;
        return bound != null && bound.isActive();
    }

    /// The silence allowed before a conversation says what it expects, in seconds.
    @Override
    public int getTimeout() {
        return Math.toIntExact(limits().input().firstIdle().toSeconds());
    }

    @Override
    public int getBacklog() {
        return limits().connections().backlog();
    }

    @Override
    public List<InetSocketAddress> getListenAddresses() {
        return List.of(address());
    }

    // What the connections need.

    TransportLimits limits() {
        return transport.limits();
    }

    Executor threads() {
        return transport.threads();
    }

    TlsMode tls() {
        return settings.tls();
    }

    JamesProtocol james() {
        return james;
    }

    boolean trustsProxy(InetAddress peer) {
        return settings.proxies().stream().anyMatch(network -> network.contains(peer));
    }

    SslHandler sslHandler(Channel connection) {
        TlsKeys keys = settings.keys();
        if (keys == null) {
            throw new IllegalStateException("TLS without a certificate");
        }
        SslHandler handler = keys.handler(connection.alloc(), transport.threads());
        handler.setHandshakeTimeoutMillis(limits().waits().handshake().toMillis());
        return handler;
    }

    /// Counts a conversation before it begins, so that a shutdown waits for it or it sees the
    /// shutdown; false when that is so.
    boolean opened(NettyConnection connection) {
        connections.add(connection);
        transport.opened();
        if (transport.isClosing()) {
            closed(connection);
            return false;
        }
        return true;
    }

    void closed(NettyConnection connection) {
        if (connections.remove(connection)) {
            transport.closed();
        }
    }

    /// Nobody is told before it holds for everybody: no command begins after the first farewell.
    void endAll(Farewell reason) {
        connections.forEach(connection -> connection.endAfterCall(reason));
        connections.forEach(connection -> connection.end(reason));
    }

    void abortAll() {
        connections.forEach(NettyConnection::abort);
    }

    /// Gives every accepted channel its connection.
    private final class Entrance extends ChannelInitializer<SocketChannel> {
        @Override
        protected void initChannel(SocketChannel accepted) {
            NettyConnection connection =
                    new NettyConnection(accepted, Listener.this, transport.number());
            accepted.pipeline()
                    .addLast(
                            new ConnectionHandler(
                                    Listener.this, transport.admission(), connection));
        }
    }
}
