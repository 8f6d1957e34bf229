package org.postrider.imap.command;

import java.io.IOException;
import org.postrider.imap.session.ImapSession;
import org.postrider.imap.session.SelectedView;
import org.postrider.imap.wire.ImapCommand;
import org.postrider.imap.wire.ImapStatus;
import org.postrider.storage.directory.AccountId;
import org.postrider.storage.mailbox.Mailboxes;

/// SELECT (RFC 3501 §6.3.1): opens a mailbox for reading and writing.
final class Select {

    private final Mailboxes mailboxes;
    private final Opening opening;

    Select(Mailboxes mailboxes) {
        this.mailboxes = mailboxes;
        this.opening = new Opening(mailboxes);
    }

    ImapStatus run(ImapCommand.Select command, AccountId account, ImapSession session)
            throws IOException {
        return opening.run(
                command.mailbox(),
                account,
                session,
                feed -> SelectedView.select(mailboxes, feed),
                ImapStatus.ok("READ-WRITE", "Mailbox selected"));
    }
}
