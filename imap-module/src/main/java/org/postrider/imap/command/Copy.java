package org.postrider.imap.command;

import org.postrider.imap.session.ConnectionState.Selected;
import org.postrider.imap.wire.ImapCommand;
import org.postrider.imap.wire.ImapStatus;
import org.postrider.imap.wire.Numbering;
import org.postrider.imap.wire.SyntaxError;
import org.postrider.storage.mailbox.Copied;
import org.postrider.storage.mailbox.Mailboxes;
import org.postrider.storage.mailbox.Messages;
import org.postrider.storage.mailbox.Outcome;

/// COPY (RFC 3501 §6.4.7): all messages or none, with their flags and dates.
final class Copy {

    private final Mailboxes mailboxes;
    private final Messages messages;

    Copy(Mailboxes mailboxes, Messages messages) {
        this.mailboxes = mailboxes;
        this.messages = messages;
    }

    ImapStatus run(ImapCommand.Copy command, Selected in) throws SyntaxError {
        var view = in.view();
        var uids = view.uids(view.resolve(command.messages(), command.numbering()));
        var target = mailboxes.find(in.account(), command.to());
        if (target.isEmpty()) {
            return ImapStatus.no("TRYCREATE", "There is no such mailbox");
        }
        if (uids.isEmpty()) {
            return ImapStatus.ok("There was nothing to copy");
        }
        return switch (messages.copy(view.mailbox(), uids, target.get().id())) {
            case Outcome.Done<Copied>(var copied) -> done(copied, command.numbering());
            case Outcome.Refused<Copied>(var why) -> Refusals.target(why);
        };
    }

    private static ImapStatus done(Copied copied, Numbering numbering) {
        if (!copied.sources().isEmpty()) {
            return ImapStatus.ok(
                    "COPYUID %d %s %s"
                            .formatted(
                                    copied.uidValidity().value(),
                                    copied.sources(),
                                    copied.targets()),
                    "Messages copied");
        }
        return switch (numbering) {
            case SEQUENCE -> ImapStatus.no("EXPUNGEISSUED", "The messages are gone");
            case UID -> ImapStatus.ok("There was nothing to copy");
        };
    }
}
