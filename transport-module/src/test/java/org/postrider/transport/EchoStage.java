package org.postrider.transport;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postrider.transport.testing.Stage;
import org.postrider.transport.testing.TestTls;

/// A server that speaks [EchoProtocol] on a free port.
final class EchoStage implements Stage {

    private final EchoProtocol protocol;
    private final Transport transport;
    private final Listener listener;

    EchoStage(
            TransportLimits limits,
            EchoProtocol protocol,
            TlsMode tls,
            @Nullable TlsKeys keys,
            List<Network> proxies)
            throws IOException {
        this.protocol = protocol;
        this.transport = Transport.start(limits);
        this.listener =
                transport.listen(
                        new ListenerSettings(
                                "echo",
                                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                                protocol,
                                tls,
                                keys,
                                proxies));
    }

    EchoStage(TransportLimits limits, EchoProtocol protocol, TlsMode tls) throws IOException {
        this(limits, protocol, tls, TestTls.keys(), List.of());
    }

    EchoStage(TransportLimits limits) throws IOException {
        this(limits, new EchoProtocol(), TlsMode.STARTTLS);
    }

    EchoStage() throws IOException {
        this(TransportLimits.standard());
    }

    EchoProtocol protocol() {
        return protocol;
    }

    Transport transport() {
        return transport;
    }

    Listener listener() {
        return listener;
    }

    @Override
    public InetSocketAddress address() {
        return listener.address();
    }

    /// A free port on another address of this machine.
    InetSocketAddress address(String literal) {
        return new InetSocketAddress(InetAddress.ofLiteral(literal), 0);
    }

    @Override
    public void close() {
        transport.close();
    }
}
