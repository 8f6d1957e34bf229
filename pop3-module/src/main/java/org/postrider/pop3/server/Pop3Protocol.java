package org.postrider.pop3.server;

import org.postrider.storage.Store;
import org.postrider.transport.Connection;
import org.postrider.transport.Conversation;
import org.postrider.transport.LineProtocol;
import org.postrider.transport.sasl.Sasl;

/// POP3 (RFC 1939) over the INBOXes of the store.
public final class Pop3Protocol implements LineProtocol {

    private final Pop3Settings settings;
    private final Store store;
    private final Sasl sasl;

    public Pop3Protocol(Pop3Settings settings, Store store, Sasl sasl) {
        this.settings = settings;
        this.store = store;
        this.sasl = sasl;
    }

    @Override
    public String name() {
        return "pop3";
    }

    @Override
    public Conversation converse(Connection connection) {
        return new Pop3Conversation(connection, settings, store, sasl);
    }
}
