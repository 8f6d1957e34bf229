package org.postrider.imap.command;

import org.postrider.imap.session.ConnectionState.Selected;
import org.postrider.imap.wire.ImapCommand;
import org.postrider.imap.wire.ImapStatus;
import org.postrider.imap.wire.Numbering;
import org.postrider.imap.wire.SyntaxError;
import org.postrider.storage.mailbox.Messages;
import org.postrider.storage.mailbox.Outcome;
import org.postrider.storage.mailbox.Uid;
import org.postrider.storage.mailbox.UidSet;

/// EXPUNGE (RFC 3501 §6.4.3) and UID EXPUNGE (RFC 4315 §2.1). What is gone is told like what others
/// expunged, at the end of the command.
final class Expunge {

    private final Messages messages;

    Expunge(Messages messages) {
        this.messages = messages;
    }

    ImapStatus run(ImapCommand.Expunge command, Selected in) throws SyntaxError {
        var view = in.view();
        if (view.isReadOnly()) {
            return ImapStatus.no("The mailbox is open for reading only");
        }
        var uids =
                command.uids().isPresent()
                        ? view.uids(view.resolve(command.uids().get(), Numbering.UID))
                        : UidSet.range(1, Uid.MAX);
        if (uids.isEmpty()) {
            return ImapStatus.ok("There was nothing to expunge");
        }
        return switch (messages.expunge(view.mailbox(), uids)) {
            case Outcome.Done<UidSet> _ -> ImapStatus.ok("Deleted messages are gone");
            case Outcome.Refused<UidSet>(var why) -> Refusals.status(why);
        };
    }
}
