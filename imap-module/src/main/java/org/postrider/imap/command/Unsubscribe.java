package org.postrider.imap.command;

import org.postrider.imap.wire.ImapCommand;
import org.postrider.imap.wire.ImapStatus;
import org.postrider.storage.directory.AccountId;
import org.postrider.storage.mailbox.Mailboxes;

/// UNSUBSCRIBE (RFC 3501 §6.3.7). The mailbox need not exist.
final class Unsubscribe {

    private final Mailboxes mailboxes;

    Unsubscribe(Mailboxes mailboxes) {
        this.mailboxes = mailboxes;
    }

    ImapStatus run(ImapCommand.Unsubscribe command, AccountId account) {
        mailboxes.unsubscribe(account, command.mailbox());
        return ImapStatus.ok("Unsubscribed");
    }
}
