package org.postrider.transport;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/// How a connection's worker reads: line by line between commands without waiting, and in the
/// middle of a command lines, octets and messages, waiting for them.
final class Reading implements Framer.Source {

    private final NettyConnection connection;
    private final Inbound inbound;
    private final Framer framer;

    /// The stream that a command took and may not have finished.
    private @Nullable InputStream open;

    Reading(NettyConnection connection, Inbound inbound, TransportLimits limits) {
        this.connection = connection;
        this.inbound = inbound;
        this.framer = new Framer(this, limits.input().firstLine(), limits.input().endlessLine());
    }

    void limit(int line) {
        framer.limit(line);
    }

    /// The next line, if it is complete.
    Framed poll() {
        return framer.poll();
    }

    boolean hasMore() {
        return framer.hasMore();
    }

    /// Nothing will be read for a while.
    void rest() {
        framer.rest();
    }

    byte[] line() throws IOException {
        requireDone();
        while (true) {
            switch (framer.poll()) {
                case Framed.Line(byte[] line) -> {
                    return line;
                }
                case Framed.Refused(LineFault fault) -> throw new LineRefused(fault);
                case Framed.Endless.ENDLESS -> {
                    connection.end(Farewell.ABUSE);
                    throw new IOException("a line without end");
                }
                case Framed.Incomplete.INCOMPLETE -> await();
            }
        }
    }

    OctetStream octets(long count) {
        requireDone();
        OctetStream stream = new OctetStream(framer, count);
        open = stream;
        return stream;
    }

    DottedStream dotted() {
        requireDone();
        DottedStream stream = new DottedStream(framer);
        open = stream;
        return stream;
    }

    /// What of a message or literal is left unread must not be taken for commands.
    void requireDone() {
        if ((open instanceof OctetStream octets && !octets.isFinished())
                || (open instanceof DottedStream dotted && !dotted.isFinished())) {
            throw new IllegalStateException("a stream was neither read to its end nor closed");
        }
        open = null;
    }

    @Override
    public int available() {
        return inbound.available();
    }

    @Override
    public int take(byte[] into, int offset, int length) {
        return inbound.take(into, offset, length);
    }

    @Override
    public void await() throws IOException {
        connection.readyToWait();
        long since = System.nanoTime();
        while (inbound.available() == 0) {
            if (inbound.isExhausted()) {
                throw new EOFException("the client is gone");
            }
            connection.awaitClient(since);
        }
    }
}
