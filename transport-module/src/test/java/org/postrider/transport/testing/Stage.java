package org.postrider.transport.testing;

import java.io.IOException;
import java.net.InetSocketAddress;

/// The server that a dialogue is played against. Every dialogue gets its own.
public interface Stage extends AutoCloseable {

    /// Where the server listens.
    InetSocketAddress address();

    /// Whether clients begin with TLS there.
    default boolean implicitTls() {
        return false;
    }

    /// Arranges what a line `GIVEN …` says.
    default void given(String what) throws Exception {
        throw new IllegalArgumentException("nothing is given here: " + what);
    }

    @Override
    void close() throws IOException;
}
