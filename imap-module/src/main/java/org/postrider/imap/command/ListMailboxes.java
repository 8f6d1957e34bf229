package org.postrider.imap.command;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.postrider.imap.session.ImapSession;
import org.postrider.imap.wire.ImapCommand;
import org.postrider.imap.wire.ImapStatus;
import org.postrider.imap.wire.ImapWriter;
import org.postrider.storage.directory.AccountId;
import org.postrider.storage.mailbox.MailboxEntry;
import org.postrider.storage.mailbox.MailboxName;
import org.postrider.storage.mailbox.Mailboxes;
import org.postrider.storage.mailbox.SpecialUse;

/// LIST (RFC 3501 §6.3.8), with what each mailbox is for (RFC 6154 §2) and whether others are below
/// it (RFC 3348 §3).
final class ListMailboxes {

    private final Mailboxes mailboxes;

    ListMailboxes(Mailboxes mailboxes) {
        this.mailboxes = mailboxes;
    }

    ImapStatus run(ImapCommand.ListMailboxes command, AccountId account, ImapSession session)
            throws IOException {
        if (command.pattern().isEmpty()) {
            session.out().text("* LIST (\\Noselect) \"/\" \"\"").crlf();
            return ImapStatus.ok("That is all");
        }
        var pattern = new MailboxPattern(command.reference() + command.pattern());
        var entries = mailboxes.list(account);
        var superiors = superiors(entries);
        for (var entry : entries) {
            if (pattern.matches(entry.name())) {
                tell(entry, superiors.contains(entry.name()), session.out());
            }
        }
        return ImapStatus.ok("That is all");
    }

    private static Set<MailboxName> superiors(List<MailboxEntry> entries) {
        var names = new HashSet<MailboxName>();
        entries.forEach(entry -> names.addAll(entry.name().superiors()));
        return names;
    }

    private static void tell(MailboxEntry entry, boolean hasChildren, ImapWriter out)
            throws IOException {
        out.text(hasChildren ? "* LIST (\\HasChildren" : "* LIST (\\HasNoChildren")
                .text(attribute(entry.specialUse()))
                .text(") \"/\" ")
                .mailbox(entry.name())
                .crlf();
    }

    private static String attribute(SpecialUse use) {
        return switch (use) {
            case NONE -> "";
            case ARCHIVE -> " \\Archive";
            case DRAFTS -> " \\Drafts";
            case FLAGGED -> " \\Flagged";
            case JUNK -> " \\Junk";
            case SENT -> " \\Sent";
            case TRASH -> " \\Trash";
        };
    }
}
