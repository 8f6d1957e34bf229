package org.postrider.imap.command;

import java.io.IOException;
import java.util.function.Supplier;
import org.postrider.imap.session.SelectedView;
import org.postrider.imap.wire.ImapStatus;
import org.postrider.imap.wire.ImapWriter;
import org.postrider.storage.mailbox.MailboxFeed;

/// What SELECT and EXAMINE tell of a mailbox (RFC 3501 §6.3.1).
final class Opening {

    private Opening() {}

    /// Makes a view of a feed; when that fails the feed is closed.
    static SelectedView guarded(MailboxFeed feed, Supplier<SelectedView> opening) {
        boolean opened = false;
        try {
            var view = opening.get();
            opened = true;
            return view;
        } finally {
            if (!opened) {
                feed.close();
            }
        }
    }

    static void tell(SelectedView view, ImapWriter out) throws IOException {
        var shown = view.shown();
        SelectedView.tellKeywords(out, shown, view.isReadOnly());
        out.text("* ").number(shown.size()).text(" EXISTS").crlf();
        out.text("* ").number(view.recents()).text(" RECENT").crlf();
        int unseen = shown.firstUnseen();
        if (unseen >= 0) {
            out.untagged(ImapStatus.ok("UNSEEN " + (unseen + 1), "The first unseen message"));
        }
        out.untagged(ImapStatus.ok("UIDVALIDITY " + shown.uidValidity().value(), "UIDs are valid"));
        out.untagged(ImapStatus.ok("UIDNEXT " + shown.uidNext(), "The next UID"));
    }
}
