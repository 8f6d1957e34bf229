package org.postrider.pop3.wire;

import java.io.IOException;

/// Where octets go.
@FunctionalInterface
public interface OctetSink {
    void write(byte[] octets, int offset, int length) throws IOException;
}
