package org.postrider.imap.command;

import java.io.IOException;
import java.util.OptionalLong;
import org.postrider.imap.session.ConnectionState.Selected;
import org.postrider.imap.session.ImapSession;
import org.postrider.imap.session.IndexSet;
import org.postrider.imap.session.SelectedView;
import org.postrider.imap.wire.ImapCommand;
import org.postrider.imap.wire.ImapStatus;
import org.postrider.imap.wire.Numbering;
import org.postrider.imap.wire.SyntaxError;
import org.postrider.storage.mailbox.FlagChange;
import org.postrider.storage.mailbox.Flags;
import org.postrider.storage.mailbox.Messages;
import org.postrider.storage.mailbox.SystemFlag;
import org.postrider.storage.mailbox.UidSet;

/// FETCH (RFC 3501 §6.4.5). Messages are written while they are read. Where reading marks them
/// \Seen, that is done for some of them at a time, just before they are read.
final class Fetch {

    private static final int MARKED_AT_ONCE = 500;
    private static final int READ_AT_ONCE = 10_000;

    private final Messages messages;

    Fetch(Messages messages) {
        this.messages = messages;
    }

    ImapStatus run(ImapCommand.Fetch command, Selected in, ImapSession session)
            throws IOException, SyntaxError {
        var view = in.view();
        var named = view.resolve(command.messages(), command.numbering());
        view.tell(session.out(), true);
        var items = new FetchItems(session.out(), view, command.items());
        if (!FetchItems.needMessage(command.items())) {
            named.forEach(items::write);
            return ImapStatus.ok("That is all");
        }
        boolean marks = FetchItems.areRead(command.items()) && !view.isReadOnly();
        int missing = 0;
        for (var piece : named.pieces(marks ? MARKED_AT_ONCE : READ_AT_ONCE)) {
            var seen = marks ? markSeen(piece, view, session) : UidSet.EMPTY;
            missing += piece.size() - read(piece, seen, view, items);
        }
        return missing > 0 && command.numbering() == Numbering.SEQUENCE
                ? ImapStatus.no("EXPUNGEISSUED", "Some of the messages are gone")
                : ImapStatus.ok("That is all");
    }

    /// Marks what is about to be read.
    ///
    /// @return the messages that were not seen before
    private UidSet markSeen(IndexSet piece, SelectedView view, ImapSession session)
            throws IOException {
        var unseen = view.without(SystemFlag.SEEN, piece);
        if (!unseen.isEmpty()) {
            var change = new FlagChange.Add(Flags.of(SystemFlag.SEEN));
            messages.storeFlags(view.mailbox(), unseen, change, OptionalLong.empty());
            view.tellOthers(session.out(), true, unseen);
        }
        return unseen;
    }

    /// @return how many messages could be read
    private int read(IndexSet piece, UidSet seen, SelectedView view, FetchItems items)
            throws IOException {
        int[] count = {0};
        messages.read(
                view.mailbox(),
                view.uids(piece),
                items.extent(),
                message -> {
                    int index = view.shown().indexOf(message.uid());
                    if (index >= 0) {
                        items.write(index, message, seen.contains(message.uid()));
                        count[0]++;
                    }
                });
        return count[0];
    }
}
