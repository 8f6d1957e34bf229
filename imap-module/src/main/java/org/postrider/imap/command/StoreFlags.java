package org.postrider.imap.command;

import java.io.IOException;
import java.util.OptionalLong;
import org.postrider.imap.session.ConnectionState.Selected;
import org.postrider.imap.session.ImapSession;
import org.postrider.imap.wire.ImapCommand;
import org.postrider.imap.wire.ImapStatus;
import org.postrider.imap.wire.SyntaxError;
import org.postrider.storage.mailbox.FlagsStored;
import org.postrider.storage.mailbox.Messages;
import org.postrider.storage.mailbox.Outcome;

/// STORE (RFC 3501 §6.4.6): changes flags, and tells the new ones unless it is asked not to.
final class StoreFlags {

    private final Messages messages;

    StoreFlags(Messages messages) {
        this.messages = messages;
    }

    ImapStatus run(ImapCommand.Store command, Selected in, ImapSession session)
            throws IOException, SyntaxError {
        var view = in.view();
        var named = view.resolve(command.messages(), command.numbering());
        if (view.isReadOnly()) {
            return ImapStatus.no("The mailbox is open for reading only");
        }
        if (named.isEmpty()) {
            return ImapStatus.ok("There was nothing to change");
        }
        view.tell(session.out(), true);
        var stored =
                messages.storeFlags(
                        view.mailbox(), view.uids(named), command.change(), OptionalLong.empty());
        return switch (stored) {
            case Outcome.Done<FlagsStored> _ -> {
                view.tellStored(
                        session.out(),
                        named,
                        command.change(),
                        command.silent(),
                        command.numbering());
                yield ImapStatus.ok("Flags changed");
            }
            case Outcome.Refused<FlagsStored>(var why) -> Refusals.status(why);
        };
    }
}
