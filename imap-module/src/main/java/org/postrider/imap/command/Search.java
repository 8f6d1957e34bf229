package org.postrider.imap.command;

import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import org.postrider.imap.command.ViewSearch.Verdict;
import org.postrider.imap.session.ConnectionState.Selected;
import org.postrider.imap.session.ImapSession;
import org.postrider.imap.session.IndexSet;
import org.postrider.imap.session.SelectedView;
import org.postrider.imap.wire.ImapCommand;
import org.postrider.imap.wire.ImapStatus;
import org.postrider.imap.wire.Numbering;
import org.postrider.imap.wire.SyntaxError;
import org.postrider.storage.mailbox.Messages;

/// SEARCH (RFC 3501 §6.4.4): first what the view decides, then the messages that it leaves open,
/// read one after the other.
final class Search {

    private final Messages messages;

    Search(Messages messages) {
        this.messages = messages;
    }

    ImapStatus run(ImapCommand.Search command, Selected in, ImapSession session)
            throws IOException, SyntaxError {
        var view = in.view();
        view.tell(session.out(), true);
        var known = new ViewSearch(view, command.key());
        var found = new BitSet(view.size());
        var open = new ArrayList<IndexSet.Span>();
        for (int index = 0; index < view.size(); index++) {
            var verdict = known.test(command.key(), index);
            if (verdict == Verdict.YES) {
                found.set(index);
            } else if (verdict == Verdict.OPEN) {
                open.add(new IndexSet.Span(index, index + 1));
            }
        }
        if (!open.isEmpty()) {
            read(command, view, new IndexSet(open), new MessageSearch(known), found);
        }
        tell(command, view, found, session);
        return ImapStatus.ok("That is all");
    }

    private void read(
            ImapCommand.Search command,
            SelectedView view,
            IndexSet open,
            MessageSearch search,
            BitSet found)
            throws IOException {
        messages.read(
                view.mailbox(),
                view.uids(open),
                message -> {
                    int index = view.shown().indexOf(message.uid());
                    if (index >= 0 && search.test(command.key(), index, message)) {
                        found.set(index);
                    }
                });
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
