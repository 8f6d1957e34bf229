package org.postrider.transport;

import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a listener is told.
///
/// @param name the listener's name in logs and health: `mx`, `imaps`
/// @param address where to listen; port 0 takes any free port
/// @param protocol what is spoken there
/// @param tls when connections become encrypted
/// @param keys the certificate and its key, needed unless `tls` is [TlsMode#NONE]
/// @param proxies whose PROXY header is required and believed; empty switches it off
public record ListenerSettings(
        String name,
        InetSocketAddress address,
        LineProtocol protocol,
        TlsMode tls,
        @Nullable TlsKeys keys,
        List<Network> proxies) {

    public ListenerSettings {
        if (tls != TlsMode.NONE && keys == null) {
            throw new IllegalArgumentException(
                    "listener " + name + " offers TLS without a certificate");
        }
        proxies = List.copyOf(proxies);
    }

    public ListenerSettings(
            String name,
            InetSocketAddress address,
            LineProtocol protocol,
            TlsMode tls,
            @Nullable TlsKeys keys) {
        this(name, address, protocol, tls, keys, List.of());
    }
}
