package org.postrider.transport.sasl;

import java.net.InetSocketAddress;
import org.postrider.transport.Connection;

/// Where a password may cross the network as it is (RFC 8314 §3.3: not in clear text).
public enum PlainTextLogin {
    /// Nowhere: the listener takes no logins.
    NEVER {
        @Override
        boolean allowed(Connection connection) {
            return false;
        }
    },
    /// Under TLS only.
    TLS {
        @Override
        boolean allowed(Connection connection) {
            return connection.tls().isPresent();
        }
    },
    /// Under TLS, and in clear text between two ends on this machine.
    TLS_OR_LOOPBACK {
        @Override
        boolean allowed(Connection connection) {
            return TLS.allowed(connection)
                    || (loopback(connection.remoteAddress())
                            && loopback(connection.localAddress()));
        }
    };

    abstract boolean allowed(Connection connection);

    /// Whether there are logins at all, if only such that carry no password.
    boolean takesLogins() {
        return this != NEVER;
    }

    private static boolean loopback(InetSocketAddress address) {
        return address.getAddress().isLoopbackAddress();
    }
}
