package org.postrider.imap.command;

import org.postrider.imap.wire.ImapCommand;
import org.postrider.imap.wire.ImapStatus;
import org.postrider.storage.directory.AccountId;
import org.postrider.storage.mailbox.Mailboxes;

/// SUBSCRIBE (RFC 3501 §6.3.6). The mailbox need not exist.
final class Subscribe {

    private final Mailboxes mailboxes;

    Subscribe(Mailboxes mailboxes) {
        this.mailboxes = mailboxes;
    }

    ImapStatus run(ImapCommand.Subscribe command, AccountId account) {
        mailboxes.subscribe(account, command.mailbox());
        return ImapStatus.ok("Subscribed");
    }
}
