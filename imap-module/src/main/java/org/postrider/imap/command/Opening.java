package org.postrider.imap.command;

import java.io.IOException;
import java.util.function.Function;
import org.postrider.imap.session.ImapSession;
import org.postrider.imap.session.SelectedView;
import org.postrider.imap.wire.ImapStatus;
import org.postrider.imap.wire.ImapWriter;
import org.postrider.storage.directory.AccountId;
import org.postrider.storage.mailbox.MailboxFeed;
import org.postrider.storage.mailbox.MailboxName;
import org.postrider.storage.mailbox.Mailboxes;
import org.postrider.storage.mailbox.Outcome;

/// What SELECT and EXAMINE have in common (RFC 3501 §6.3.1): they leave the mailbox that was open,
/// even when they fail, and tell of the one they open.
final class Opening {

    private final Mailboxes mailboxes;

    Opening(Mailboxes mailboxes) {
        this.mailboxes = mailboxes;
    }

    /// @param how makes the session's view of the mailbox
    /// @param opened what is answered when the mailbox is open
    ImapStatus run(
            MailboxName name,
            AccountId account,
            ImapSession session,
            Function<MailboxFeed, SelectedView> how,
            ImapStatus opened)
            throws IOException {
        session.unselect();
        var entry = mailboxes.find(account, name);
        if (entry.isEmpty()) {
            return ImapStatus.no("NONEXISTENT", "There is no such mailbox");
        }
        return switch (mailboxes.follow(entry.get().id(), session::wake)) {
            case Outcome.Done<MailboxFeed>(var feed) -> {
                var view = guarded(feed, how);
                session.select(account, view);
                tell(view, session.out());
                yield opened;
            }
            case Outcome.Refused<MailboxFeed>(var why) -> Refusals.status(why);
        };
    }

    /// Makes a view of a feed; when that fails the feed is closed.
    private static SelectedView guarded(MailboxFeed feed, Function<MailboxFeed, SelectedView> how) {
        boolean opened = false;
        try {
            var view = how.apply(feed);
            opened = true;
            return view;
        } finally {
            if (!opened) {
                feed.close();
            }
        }
    }

    private static void tell(SelectedView view, ImapWriter out) throws IOException {
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
