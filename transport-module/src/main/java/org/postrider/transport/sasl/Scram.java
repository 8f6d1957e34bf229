package org.postrider.transport.sasl;

import java.security.SecureRandom;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.postrider.transport.ChannelBinding;
import org.postrider.transport.Connection;

/// SCRAM-SHA-256 and SCRAM-SHA-256-PLUS (RFC 5802, RFC 7677): client and server prove to each other
/// that they know the password, or what is kept of it, and neither sends it. PLUS binds the proof
/// to the TLS session as well.
public final class Scram {

    static final String NAME = "SCRAM-SHA-256";
    static final String BOUND_NAME = NAME + "-PLUS";

    /// Makes base64 without padding.
    private static final int NONCE_OCTETS = 24;

    private final ScramDirectory directory;
    private final ScramDecoys decoys;
    private final Supplier<String> nonces;

    public Scram(ScramDirectory directory, ScramDecoys decoys, SecureRandom random) {
        this(
                directory,
                decoys,
                () -> {
                    var nonce = new byte[NONCE_OCTETS];
                    random.nextBytes(nonce);
                    return StrictBase64.encode(nonce);
                });
    }

    Scram(ScramDirectory directory, ScramDecoys decoys, Supplier<String> nonces) {
        this.directory = directory;
        this.decoys = decoys;
        this.nonces = nonces;
    }

    /// Whether a login can be bound to the connection.
    static boolean canBind(Connection connection) {
        return Stream.of(ChannelBinding.values())
                .anyMatch(type -> connection.channelBinding(type).isPresent());
    }

    /// @param binds whether it is PLUS
    SaslExchange exchange(boolean binds, Connection connection) {
        Map<ChannelBinding, byte[]> bindings = new EnumMap<>(ChannelBinding.class);
        for (var type : ChannelBinding.values()) {
            connection.channelBinding(type).ifPresent(octets -> bindings.put(type, octets));
        }
        return exchange(binds, bindings, name -> directory.begin(name, connection));
    }

    /// @param bindings which the connection has
    SaslExchange exchange(
            boolean binds, Map<ChannelBinding, byte[]> bindings, ScramExchange.Start start) {
        return new ScramExchange(new ScramHeader(binds, bindings), start, decoys, nonces);
    }
}
