package org.postrider.imap.command;

import org.postrider.imap.session.ConnectionState.Selected;
import org.postrider.imap.session.ImapSession;
import org.postrider.imap.wire.ImapStatus;
import org.postrider.storage.mailbox.Messages;
import org.postrider.storage.mailbox.Uid;
import org.postrider.storage.mailbox.UidSet;

/// CLOSE (RFC 3501 §6.4.2): removes deleted messages without a word and leaves the mailbox.
final class Close {

    private final Messages messages;

    Close(Messages messages) {
        this.messages = messages;
    }

    ImapStatus run(Selected in, ImapSession session) {
        if (!in.view().isReadOnly()) {
            // A mailbox that was deleted meanwhile is closed all the same.
            messages.expunge(in.view().mailbox(), UidSet.range(1, Uid.MAX));
        }
        session.unselect();
        return ImapStatus.ok("Mailbox closed");
    }
}
