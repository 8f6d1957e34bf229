package org.postrider.imap.command;

import java.io.IOException;
import java.util.BitSet;
import org.postrider.imap.session.ConnectionState.Selected;
import org.postrider.imap.session.ImapSession;
import org.postrider.imap.session.SelectedView;
import org.postrider.imap.wire.ImapCommand;
import org.postrider.imap.wire.ImapStatus;
import org.postrider.imap.wire.Numbering;
import org.postrider.imap.wire.SyntaxError;
import org.postrider.storage.mailbox.Messages;

/// SEARCH (RFC 3501 §6.4.4): the store searches; this says what for, and tells what was found.
final class Search {

    private final Messages messages;

    Search(Messages messages) {
        this.messages = messages;
    }

    ImapStatus run(ImapCommand.Search command, Selected in, ImapSession session)
            throws IOException, SyntaxError {
        var view = in.view();
        view.tell(session.out(), true);
        var found = view.search(messages, new SearchCriteria(view).of(command.key()));
        tell(command, view, found, session);
        return ImapStatus.ok("That is all");
    }

    private static void tell(
            ImapCommand.Search command, SelectedView view, BitSet found, ImapSession session)
            throws IOException {
        var out = session.out().text("* SEARCH");
        boolean uids = command.numbering() == Numbering.UID;
        for (int i = found.nextSetBit(0); i >= 0; i = found.nextSetBit(i + 1)) {
            out.space().number(uids ? view.shown().uid(i) : i + 1);
        }
        out.crlf();
    }
}
