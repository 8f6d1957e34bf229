package org.postrider.transport;

import java.io.IOException;
import java.io.Serial;
import java.util.List;
import org.apache.james.protocols.api.Protocol;
import org.apache.james.protocols.api.ProtocolConfiguration;
import org.apache.james.protocols.api.ProtocolSession.AttachmentKey;
import org.apache.james.protocols.api.ProtocolSession.State;
import org.apache.james.protocols.api.ProtocolTransport;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.api.handler.ConnectHandler;
import org.apache.james.protocols.api.handler.DisconnectHandler;
import org.apache.james.protocols.api.handler.LineHandler;
import org.apache.james.protocols.api.handler.ProtocolHandlerChain;
import org.apache.james.protocols.api.handler.ProtocolHandlerChainImpl;
import org.apache.james.protocols.api.handler.WiringException;
import org.jspecify.annotations.Nullable;

/// A [LineProtocol] as Apache James Protocols sees one: the border between our conversations and
/// James' SPI.
///
/// Taken from James are [Protocol], the session with its attachments, the [ProtocolTransport], the
/// server, and the handler chain, through which every connection, line and disconnection goes, so
/// that a handler written for James can stand in the chain before ours. Not taken are James' Netty
/// server (it calls handlers on the event loop, has no back-pressure and looks addresses up in the
/// DNS) and its command handlers for SMTP and POP3: those let smuggled messages through, take AUTH
/// in clear text, and answer by line where we stream. A line that is refused, a farewell and a task
/// have no counterpart in James; the connection brings them to the conversation itself.
final class JamesProtocol implements Protocol {

    private static final AttachmentKey<Conversation> CONVERSATION =
            AttachmentKey.of("conversation", Conversation.class);

    private final LineProtocol protocol;
    private final ProtocolConfiguration configuration = new Configuration();
    private final ProtocolHandlerChainImpl chain = new ProtocolHandlerChainImpl();
    private final List<ConnectHandler<JamesSession>> connectHandlers;
    private final List<LineHandler<JamesSession>> lineHandlers;
    private final List<DisconnectHandler<JamesSession>> disconnectHandlers;

    JamesProtocol(LineProtocol protocol) {
        this.protocol = protocol;
        chain.add(new Opened());
        chain.add(new Lines());
        chain.add(new Closed());
        try {
            chain.wireExtensibleHandlers();
        } catch (WiringException e) {
            throw new IllegalStateException(e);
        }
        connectHandlers = handlers(ConnectHandler.class);
        lineHandlers = handlers(LineHandler.class);
        disconnectHandlers = handlers(DisconnectHandler.class);
    }

    /// James finds handlers by their raw types.
    @SuppressWarnings("unchecked")
    private <T> List<T> handlers(Class<? super T> type) {
        return (List<T>) List.copyOf(chain.getHandlers(type));
    }

    /// The session of a new connection; its conversation is asked for here.
    JamesSession open(NettyConnection connection) {
        JamesSession session = newSession(new JamesTransport(connection));
        session.setAttachment(CONVERSATION, protocol.converse(connection), State.Connection);
        return session;
    }

    static Conversation conversation(JamesSession session) {
        return session.getAttachment(CONVERSATION, State.Connection).orElseThrow();
    }

    void connected(JamesSession session) throws IOException {
        try {
            for (ConnectHandler<JamesSession> handler : connectHandlers) {
                answer(handler.onConnect(session), session);
            }
        } catch (Escaped e) {
            throw e.cause;
        }
    }

    void line(JamesSession session, byte[] line) throws IOException {
        try {
            for (LineHandler<JamesSession> handler : lineHandlers) {
                answer(handler.onLine(session, line), session);
            }
        } catch (Escaped e) {
            throw e.cause;
        }
    }

    void disconnected(JamesSession session) {
        for (DisconnectHandler<JamesSession> handler : disconnectHandlers) {
            handler.onDisconnect(session);
        }
    }

    private static void answer(@Nullable Response response, JamesSession session) {
        if (response != null) {
            session.getProtocolTransport().writeResponse(response, session);
        }
    }

    @Override
    public String getName() {
        return protocol.name();
    }

    @Override
    public ProtocolHandlerChain getProtocolChain() {
        return chain;
    }

    @Override
    public ProtocolConfiguration getConfiguration() {
        return configuration;
    }

    @Override
    public JamesSession newSession(ProtocolTransport transport) {
        return new JamesSession(transport, configuration);
    }

    /// Carries an [IOException] through James' handlers, which declare none.
    static final class Escaped extends RuntimeException {

        @Serial private static final long serialVersionUID = 1L;

        private final IOException cause;

        Escaped(IOException cause) {
            super(cause);
            this.cause = cause;
        }
    }

    /// What James' own handlers would greet with. Ours does not ask.
    private static final class Configuration implements ProtocolConfiguration {
        @Override
        public String getGreeting() {
            return "ready";
        }

        @Override
        public String getSoftwareName() {
            return "Postrider";
        }

        @Override
        public String getHelloName() {
            return "localhost";
        }
    }

    private static final class Opened implements ConnectHandler<JamesSession> {
        @Override
        public @Nullable Response onConnect(JamesSession session) {
            try {
                conversation(session).opened();
                return null;
            } catch (IOException e) {
                throw new Escaped(e);
            }
        }
    }

    private static final class Lines implements LineHandler<JamesSession> {
        @Override
        public @Nullable Response onLine(JamesSession session, byte[] line) {
            try {
                conversation(session).line(line);
                return null;
            } catch (IOException e) {
                throw new Escaped(e);
            }
        }
    }

    private static final class Closed implements DisconnectHandler<JamesSession> {
        @Override
        public void onDisconnect(JamesSession session) {
            conversation(session).closed();
        }
    }
}
