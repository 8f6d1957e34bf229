package org.postrider.transport;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;
import javax.net.ssl.SSLSession;
import org.apache.james.protocols.api.ProtocolSession;
import org.apache.james.protocols.api.ProtocolTransport;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.api.handler.LineHandler;

/// A connection as James' session sees it.
final class JamesTransport implements ProtocolTransport {

    private final NettyConnection connection;

    JamesTransport(NettyConnection connection) {
        this.connection = connection;
    }

    @Override
    public InetSocketAddress getRemoteAddress() {
        return connection.remoteAddress();
    }

    @Override
    public InetSocketAddress getLocalAddress() {
        return connection.localAddress();
    }

    @Override
    public String getId() {
        return connection.tag();
    }

    @Override
    public boolean isTLSStarted() {
        return connection.tls().isPresent();
    }

    @Override
    public boolean isStartTLSSupported() {
        return connection.canStartTls();
    }

    @Override
    public Optional<SSLSession> getSSLSession() {
        return connection.sslSession();
    }

    @Override
    public boolean isProxyRequired() {
        return connection.isProxied();
    }

    @Override
    public void writeResponse(Response response, ProtocolSession session) {
        try {
            for (CharSequence line : response.getLines()) {
                connection.write(line + session.getLineDelimiter());
            }
        } catch (IOException e) {
            throw new JamesProtocol.Escaped(e);
        }
        if (response.isEndSession()) {
            connection.close();
        }
    }

    /// Lines in the middle of a command are read by the command: [Connection#readLine].
    @Override
    public void pushLineHandler(
            LineHandler<? extends ProtocolSession> handler, ProtocolSession session) {
        throw new UnsupportedOperationException(
                "a conversation reads the lines of a command itself");
    }

    @Override
    public void popLineHandler() {
        throw new UnsupportedOperationException(
                "a conversation reads the lines of a command itself");
    }

    /// Whether octets are read from the network is decided by [Inbound] alone.
    @Override
    public void setReadable(boolean readable) {
        throw new UnsupportedOperationException("the connection holds the client back by itself");
    }

    @Override
    public boolean isReadable() {
        return true;
    }
}
