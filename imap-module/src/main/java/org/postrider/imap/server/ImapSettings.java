package org.postrider.imap.server;

import org.postrider.imap.wire.ImapLimits;

/// What an administrator sets for IMAP.
public record ImapSettings(ImapLimits limits) {

    public static final ImapSettings DEFAULT = new ImapSettings(ImapLimits.DEFAULT);
}
