package org.postrider.imap.command;

import java.io.IOException;
import org.postrider.imap.session.ImapSession;
import org.postrider.imap.session.SelectedView;
import org.postrider.imap.wire.ImapCommand;
import org.postrider.imap.wire.ImapStatus;
import org.postrider.storage.directory.AccountId;
import org.postrider.storage.mailbox.MailboxFeed;
import org.postrider.storage.mailbox.MailboxStatus;
import org.postrider.storage.mailbox.Mailboxes;
import org.postrider.storage.mailbox.Outcome;

/// EXAMINE (RFC 3501 §6.3.2): opens a mailbox for reading only; nothing in it changes, not even
/// what is recent.
final class Examine {

    private final Mailboxes mailboxes;
    private final Opening opening;

    Examine(Mailboxes mailboxes) {
        this.mailboxes = mailboxes;
        this.opening = new Opening(mailboxes);
    }

    ImapStatus run(ImapCommand.Examine command, AccountId account, ImapSession session)
            throws IOException {
        return opening.run(
                command.mailbox(),
                account,
                session,
                feed -> SelectedView.examine(mailboxes, feed, recents(feed)),
                ImapStatus.ok("READ-ONLY", "Mailbox opened for reading"));
    }

    private int recents(MailboxFeed feed) {
        return switch (mailboxes.status(feed.current().mailbox())) {
            case Outcome.Done<MailboxStatus>(var status) -> status.recent();
            case Outcome.Refused<MailboxStatus> _ -> 0;
        };
    }
}
