package org.postrider.imap.command;

import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import org.postrider.imap.session.ImapSession;
import org.postrider.imap.wire.ImapCommand;
import org.postrider.imap.wire.ImapStatus;
import org.postrider.imap.wire.MessageLiteral;
import org.postrider.imap.wire.SyntaxError;
import org.postrider.storage.directory.AccountId;
import org.postrider.storage.mailbox.Appended;
import org.postrider.storage.mailbox.MailboxId;
import org.postrider.storage.mailbox.Mailboxes;
import org.postrider.storage.mailbox.Messages;
import org.postrider.storage.mailbox.NewMessage;
import org.postrider.storage.mailbox.Outcome;
import org.postrider.storage.mailbox.Staged;
import org.postrider.storage.mailbox.Staging;

/// APPEND (RFC 3501 §6.3.11): puts a message into a mailbox. What can be refused is refused before
/// the client is asked for the message, which then streams into the store.
final class Append {

    private final Mailboxes mailboxes;
    private final Messages messages;
    private final InstantSource clock;

    Append(Mailboxes mailboxes, Messages messages, InstantSource clock) {
        this.mailboxes = mailboxes;
        this.messages = messages;
        this.clock = clock;
    }

    ImapStatus run(ImapCommand.Append command, AccountId account, ImapSession session)
            throws IOException, SyntaxError {
        var mailbox = mailboxes.find(account, command.mailbox());
        if (mailbox.isEmpty()) {
            return ImapStatus.no("TRYCREATE", "There is no such mailbox");
        }
        if (command.message().octets() > session.limits().messageOctets()) {
            return tooLarge();
        }
        if (command.message().octets() == 0) {
            return ImapStatus.no("CANNOT", "A message is not empty");
        }
        if (!messages.hasRoom(command.message().octets())) {
            return ImapStatus.no("UNAVAILABLE", "The server has no room for mail now");
        }
        var staging = stage(command.message(), session.limits().messageOctets());
        return switch (staging) {
            case Staging.Ready(var message) -> append(command, mailbox.get().id(), message);
            case Staging.TooLarge _ -> tooLarge();
            case Staging.HoldsNul _ -> ImapStatus.no("CANNOT", "The message holds a NUL");
        };
    }

    private Staging stage(MessageLiteral message, long limit) throws IOException, SyntaxError {
        Staging staging;
        try (var octets = message.open()) {
            staging = messages.stage(octets, limit);
        }
        try {
            message.finish();
        } catch (IOException | SyntaxError e) {
            if (staging instanceof Staging.Ready(var staged)) {
                staged.close();
            }
            throw e;
        }
        return staging;
    }

    private ImapStatus append(ImapCommand.Append command, MailboxId mailbox, Staged message) {
        try (message) {
            var date = command.date().orElseGet(clock::instant);
            var added = new NewMessage(message, command.flags(), date);
            return switch (messages.append(mailbox, List.of(added))) {
                case Outcome.Done<Appended>(var appended) -> done(appended);
                case Outcome.Refused<Appended>(var why) -> Refusals.target(why);
            };
        }
    }

    private static ImapStatus done(Appended appended) {
        return ImapStatus.ok(
                "APPENDUID " + appended.uidValidity().value() + " " + appended.uids(),
                "Message appended");
    }

    private static ImapStatus tooLarge() {
        return ImapStatus.no("TOOBIG", "The message is too large");
    }
}
