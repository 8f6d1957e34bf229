package org.postrider.imap.command;

import java.io.IOException;
import org.postrider.imap.session.ImapSession;
import org.postrider.imap.wire.ImapCommand;
import org.postrider.imap.wire.ImapCommand.StatusItem;
import org.postrider.imap.wire.ImapStatus;
import org.postrider.imap.wire.ImapWriter;
import org.postrider.storage.directory.AccountId;
import org.postrider.storage.mailbox.MailboxStatus;
import org.postrider.storage.mailbox.Mailboxes;
import org.postrider.storage.mailbox.Outcome;

/// STATUS (RFC 3501 §6.3.10): the figures of a mailbox, without opening it.
final class Status {

    private final Mailboxes mailboxes;

    Status(Mailboxes mailboxes) {
        this.mailboxes = mailboxes;
    }

    ImapStatus run(ImapCommand.Status command, AccountId account, ImapSession session)
            throws IOException {
        var entry = mailboxes.find(account, command.mailbox());
        if (entry.isEmpty()) {
            return ImapStatus.no("NONEXISTENT", "There is no such mailbox");
        }
        return switch (mailboxes.status(entry.get().id())) {
            case Outcome.Done<MailboxStatus>(var status) -> {
                tell(command, status, session.out());
                yield ImapStatus.ok("That is all");
            }
            case Outcome.Refused<MailboxStatus>(var why) -> Refusals.status(why);
        };
    }

    private static void tell(ImapCommand.Status command, MailboxStatus status, ImapWriter out)
            throws IOException {
        out.text("* STATUS ").mailbox(command.mailbox());
        char before = '(';
        out.space();
        for (var item : StatusItem.values()) {
            if (command.items().contains(item)) {
                out.octet(before).text(item.name()).space().number(figure(item, status));
                before = ' ';
            }
        }
        out.octet(')').crlf();
    }

    private static long figure(StatusItem item, MailboxStatus status) {
        return switch (item) {
            case MESSAGES -> status.messages();
            case RECENT -> status.recent();
            case UIDNEXT -> status.uidNext();
            case UIDVALIDITY -> status.uidValidity().value();
            case UNSEEN -> status.unseen();
        };
    }
}
