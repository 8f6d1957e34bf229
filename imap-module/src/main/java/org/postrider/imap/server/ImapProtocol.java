package org.postrider.imap.server;

import java.time.InstantSource;
import org.postrider.imap.command.Commands;
import org.postrider.imap.session.ImapSession;
import org.postrider.storage.Store;
import org.postrider.transport.Connection;
import org.postrider.transport.Conversation;
import org.postrider.transport.LineProtocol;
import org.postrider.transport.sasl.Sasl;

/// IMAP4rev1 (RFC 3501) over a store.
public final class ImapProtocol implements LineProtocol {

    private final ImapSettings settings;
    private final Commands commands;

    public ImapProtocol(ImapSettings settings, Store store, Sasl sasl, InstantSource clock) {
        this.settings = settings;
        this.commands = new Commands(store, sasl, clock);
    }

    @Override
    public String name() {
        return "imap";
    }

    @Override
    public Conversation converse(Connection connection) {
        return new ImapConversation(new ImapSession(connection, settings.limits()), commands);
    }
}
