package org.postrider.transport;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioChannelOption;
import io.netty.handler.ssl.SslHandler;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.net.ssl.SSLSession;
import jdk.net.ExtendedSocketOptions;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/// A connection from its worker's side. One call of the conversation is one turn of the worker:
/// first the greeting, then tasks before lines, and the end before both.
final class NettyConnection implements Connection, IdleTimer.Watched {

    private static final Logger log = LoggerFactory.getLogger(NettyConnection.class);

    /// Linux has it; elsewhere the option is not set.
    private static final ChannelOption<Boolean> QUICK_ACK =
            NioChannelOption.of(ExtendedSocketOptions.TCP_QUICKACK);

    private final SocketChannel channel;
    private final Listener listener;
    private final long number;
    private final Worker worker;
    private final Inbound inbound;
    private final Outbound outbound;
    private final Reading reading;
    private final IdleTimer timer;
    private final ConcurrentLinkedQueue<Task> tasks = new ConcurrentLinkedQueue<>();

    private volatile @Nullable InetSocketAddress proxied;
    private volatile @Nullable InetSocketAddress proxiedTo;
    private volatile @Nullable TlsInfo tls;
    private volatile @Nullable String account;
    private volatile @Nullable Farewell ending;
    private volatile boolean closing;
    private volatile boolean over;

    private boolean refused;
    private boolean encrypting;
    private @Nullable JamesSession session;

    NettyConnection(SocketChannel channel, Listener listener, long number) {
        TransportLimits limits = listener.limits();
        this.channel = channel;
        this.listener = listener;
        this.number = number;
        this.worker = new Worker(listener.threads(), this::work);
        this.inbound = new Inbound(channel, limits.input().readAhead());
        this.outbound = new Outbound(channel, worker, limits.waits().unread());
        this.reading = new Reading(this, inbound, limits);
        this.timer = new IdleTimer(channel.eventLoop(), this, limits.input().firstIdle());
    }

    // What the event loop calls.

    Inbound inbound() {
        return inbound;
    }

    IdleTimer timer() {
        return timer;
    }

    Worker worker() {
        return worker;
    }

    void proxied(InetSocketAddress from, InetSocketAddress to) {
        proxied = from;
        proxiedTo = to;
    }

    void encrypted(TlsInfo info) {
        tls = info;
    }

    /// The connection stands: the conversation may begin, or be refused. False when the server
    /// stops: then there is none, and the connection is closed.
    boolean begin(boolean tooMany) {
        refused = tooMany;
        if (!listener.opened(this)) {
            abort();
            return false;
        }
        timer.start();
        worker.news();
        return true;
    }

    /// Ends the connection with the protocol's last words once the running call is done. The first
    /// reason stands. From any thread.
    void end(Farewell reason) {
        endAfterCall(reason);
        worker.news();
    }

    /// The same for a connection that is at work; an idle one must be woken for it.
    void endAfterCall(Farewell reason) {
        if (ending == null) {
            ending = reason;
        }
    }

    /// Ends the connection at once, without a word. From any thread.
    void abort() {
        channel.close();
    }

    /// Whether the conversation has ended; the channel may still be closing.
    boolean isOver() {
        return over;
    }

    @Override
    public boolean isWorking() {
        return worker.isWorking();
    }

    @Override
    public void idle() {
        end(Farewell.IDLE);
    }

    // What the worker does.

    private void work() {
        MDC.put("connection", tag());
        String name = account;
        if (name != null) {
            MDC.put("account", name);
        }
        try {
            worker.turns(this::turn);
        } finally {
            MDC.clear();
        }
    }

    private boolean turn() {
        if (over) {
            return false;
        }
        try {
            return session == null ? greet() : converse(session);
        } catch (IOException e) {
            log.debug("ended by the client: {}", e.toString());
            depart(ending == Farewell.SHUTDOWN ? null : ending);
        } catch (RuntimeException | Error e) {
            log.error("the conversation failed", e);
            depart(Farewell.FAULT);
        }
        return true;
    }

    private boolean greet() throws IOException {
        JamesSession opened = listener.james().open(this);
        session = opened;
        if (refused) {
            depart(Farewell.TOO_MANY_CONNECTIONS);
        } else {
            listener.james().connected(opened);
        }
        return true;
    }

    private boolean converse(JamesSession session) throws IOException {
        reading.requireDone();
        if (closing || ending != null) {
            depart(closing ? null : ending);
            return true;
        }
        Task task = tasks.poll();
        if (task != null) {
            task.run();
            return true;
        }
        switch (reading.poll()) {
            case Framed.Line(byte[] line) -> listener.james().line(session, line);
            case Framed.Refused(LineFault fault) ->
                    JamesProtocol.conversation(session).refused(fault);
            case Framed.Endless.ENDLESS -> end(Farewell.ABUSE);
            case Framed.Incomplete.INCOMPLETE -> {
                outbound.flush();
                if (inbound.isExhausted()) {
                    depart(null);
                    return true;
                }
                if (reading.hasMore()) {
                    acknowledge();
                }
                reading.rest();
                return false;
            }
        }
        timer.heard();
        return true;
    }

    /// The last turn.
    private void depart(@Nullable Farewell reason) {
        over = true;
        try {
            if (session != null && reason != null) {
                JamesProtocol.conversation(session).farewell(reason);
            }
            outbound.flush();
        } catch (IOException e) {
            log.debug("gone before the farewell: {}", e.toString());
        } catch (RuntimeException | Error e) {
            log.error("the farewell failed", e);
        }
        inbound.discard();
        tasks.clear();
        try {
            if (session != null) {
                listener.james().disconnected(session);
            }
        } catch (RuntimeException | Error e) {
            log.error("the end of the conversation failed", e);
        }
        // A shutdown that waits for this conversation ends the event loop afterwards.
        if (channel.isOpen() && !channel.eventLoop().isShutdown()) {
            channel.eventLoop().execute(this::hangUp);
        } else {
            listener.closed(this);
        }
    }

    /// On the event loop.
    private void hangUp() {
        listener.closed(this);
        ConnectionHandler handler = channel.pipeline().get(ConnectionHandler.class);
        if (handler != null) {
            handler.leaveAddress();
        }
        LastWords.close(channel, listener.limits());
    }

    /// Before a wait for the client in the middle of a command: sends what was written.
    ///
    /// @throws IOException when there is nothing to wait for any more, because the connection is
    ///   ending
    void readyToWait() throws IOException {
        requireOngoing();
        outbound.flush();
        acknowledge();
    }

    /// Has what arrived acknowledged at once. A client that sends a command in pieces, a literal
    /// and the line's end say, may keep back the next one until then (Nagle's algorithm, RFC 9293
    /// §3.7.4), and an acknowledgement on its own is delayed by 40 ms and more (§3.8.6.3).
    private void acknowledge() throws IOException {
        try {
            channel.config().setOption(QUICK_ACK, true);
        } catch (ChannelException e) {
            throw new IOException("the connection is gone", e);
        }
    }

    /// Waits for news from the client in the middle of a command, until it has been silent too
    /// long.
    void awaitClient(long since) throws IOException {
        requireOngoing();
        long left = since + timer.limit() - System.nanoTime();
        if (left <= 0) {
            end(Farewell.IDLE);
            throw new SocketTimeoutException("the client was silent for too long");
        }
        worker.await(left);
    }

    /// At a shutdown a running command may go on.
    private void requireOngoing() throws SocketException {
        if (closing || over || ending == Farewell.IDLE || ending == Farewell.ABUSE) {
            throw new SocketException("the connection is ending");
        }
    }

    // What the conversation calls.

    @Override
    public String tag() {
        return listener.name() + '-' + Long.toString(number, Character.MAX_RADIX);
    }

    @Override
    public InetSocketAddress remoteAddress() {
        InetSocketAddress told = proxied;
        return told == null ? channel.remoteAddress() : told;
    }

    @Override
    public InetSocketAddress localAddress() {
        InetSocketAddress told = proxiedTo;
        return told == null ? channel.localAddress() : told;
    }

    boolean isProxied() {
        return proxied != null;
    }

    @Override
    public Optional<TlsInfo> tls() {
        return Optional.ofNullable(tls);
    }

    @Override
    public Optional<byte[]> channelBinding(ChannelBinding type) {
        return tls().flatMap(_ -> sslSession()).flatMap(type::data);
    }

    Optional<SSLSession> sslSession() {
        return Optional.ofNullable(channel.pipeline().get(SslHandler.class))
                .map(handler -> handler.engine().getSession());
    }

    @Override
    public boolean canStartTls() {
        return listener.tls() == TlsMode.STARTTLS && !encrypting;
    }

    @Override
    public void write(byte[] octets, int offset, int length) throws IOException {
        outbound.write(octets, offset, length);
    }

    @Override
    public void write(String text) throws IOException {
        write(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void flush() throws IOException {
        outbound.flush();
    }

    @Override
    public byte[] readLine() throws IOException {
        return reading.line();
    }

    @Override
    public InputStream readOctets(long count) {
        return reading.octets(count);
    }

    @Override
    public DotStream readDotted() {
        return reading.dotted();
    }

    @Override
    public boolean hasMore() {
        return reading.hasMore();
    }

    @Override
    public boolean startTls(String reply) throws IOException {
        if (!canStartTls()) {
            throw new IllegalStateException("TLS cannot begin here");
        }
        outbound.flush();
        encrypting =
                channel.eventLoop()
                        .submit(() -> !hasMore() && beginTls(reply))
                        .awaitUninterruptibly()
                        .getNow();
        return encrypting;
    }

    /// On the event loop, where nothing can arrive meanwhile: what is written before the handler is
    /// there goes out in clear text, and what is read afterwards goes through it.
    private boolean beginTls(String reply) {
        channel.writeAndFlush(
                Unpooled.copiedBuffer(reply, StandardCharsets.UTF_8), channel.voidPromise());
        channel.pipeline().addFirst(listener.sslHandler(channel));
        return true;
    }

    @Override
    public void expect(int lineLimit, Duration idleLimit) {
        reading.limit(lineLimit);
        timer.limit(idleLimit);
    }

    @Override
    public void loggedIn(String name) {
        account = name;
        MDC.put("account", name);
    }

    @Override
    public void execute(Task task) {
        if (!over) {
            tasks.add(task);
            worker.news();
        }
    }

    @Override
    public void close() {
        closing = true;
        worker.news();
    }
}
