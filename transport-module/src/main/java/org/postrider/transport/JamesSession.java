package org.postrider.transport;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.apache.james.protocols.api.ProtocolConfiguration;
import org.apache.james.protocols.api.ProtocolSessionImpl;
import org.apache.james.protocols.api.ProtocolTransport;

/// James' session, speaking UTF-8 where James' own speaks US-ASCII. Its one attachment is our
/// conversation, which has the session's state in types.
final class JamesSession extends ProtocolSessionImpl {

    JamesSession(ProtocolTransport transport, ProtocolConfiguration configuration) {
        super(transport, configuration);
    }

    @Override
    public Charset getCharset() {
        return StandardCharsets.UTF_8;
    }
}
