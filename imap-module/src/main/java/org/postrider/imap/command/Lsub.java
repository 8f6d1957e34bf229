package org.postrider.imap.command;

import java.io.IOException;
import java.util.TreeMap;
import org.postrider.imap.session.ImapSession;
import org.postrider.imap.wire.ImapCommand;
import org.postrider.imap.wire.ImapStatus;
import org.postrider.storage.directory.AccountId;
import org.postrider.storage.mailbox.MailboxName;
import org.postrider.storage.mailbox.Mailboxes;

/// LSUB (RFC 3501 §6.3.9): the names that are subscribed to. Where `%` hides one, the name above it
/// is told in its place, as one that cannot be selected by this list.
final class Lsub {

    private final Mailboxes mailboxes;

    Lsub(Mailboxes mailboxes) {
        this.mailboxes = mailboxes;
    }

    ImapStatus run(ImapCommand.Lsub command, AccountId account, ImapSession session)
            throws IOException {
        var out = session.out();
        var pattern = new MailboxPattern(command.reference() + command.pattern());
        var attributes = new TreeMap<String, String>();
        for (var name : mailboxes.subscriptions(account)) {
            if (pattern.matches(name)) {
                attributes.put(name.value(), "");
            } else if (pattern.text().endsWith("%")) {
                name.superiors().stream()
                        .filter(pattern::matches)
                        .forEach(above -> attributes.putIfAbsent(above.value(), "\\Noselect"));
            }
        }
        for (var entry : attributes.entrySet()) {
            out.text("* LSUB (").text(entry.getValue()).text(") \"/\" ");
            out.mailbox(new MailboxName(entry.getKey())).crlf();
        }
        return ImapStatus.ok("That is all");
    }
}
