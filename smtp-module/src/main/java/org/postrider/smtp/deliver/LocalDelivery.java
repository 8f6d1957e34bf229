package org.postrider.smtp.deliver;

import java.util.List;
import org.postrider.smtp.receive.Trace;
import org.postrider.smtp.receive.Transaction;
import org.postrider.smtp.wire.SmtpReply;
import org.postrider.storage.mailbox.Delivered;
import org.postrider.storage.mailbox.Delivery;
import org.postrider.storage.mailbox.MailboxName;
import org.postrider.storage.mailbox.Messages;
import org.postrider.storage.mailbox.Outcome;
import org.postrider.storage.mailbox.Refusal;
import org.postrider.storage.mailbox.Staged;

/// Puts a received message into the mailboxes of its recipients, and says what is answered for all
/// of them with one reply.
///
/// 250 takes over the duty for every recipient (RFC 5321 §4.2.5, §6.1), so it is given only when
/// every copy is stored. When some are and others are not, the answer is 451: the sender's server
/// tries again, each recipient that still cannot take mail is then refused by name at RCPT, and
/// those who have the message get it a second time, which is better than a loss that nobody is told
/// of.
public final class LocalDelivery {

    private final Messages messages;

    public LocalDelivery(Messages messages) {
        this.messages = messages;
    }

    /// Delivers and returns when the message is durable.
    public SmtpReply deliver(Transaction transaction, Staged message, Trace trace) {
        var recipients =
                transaction.destinations().stream()
                        .map(each ->
                                new Delivery.Recipient(
                                        each.account().id(),
                                        each.tag().flatMap(MailboxName::parse),
                                        trace.fields(transaction, each.account())))
                        .toList();
        var outcomes = messages.deliver(new Delivery(message, trace.received(), recipients));
        return reply(outcomes, trace.id());
    }

    static SmtpReply reply(List<Outcome<Delivered>> outcomes, String id) {
        var refusals =
                outcomes.stream()
                        .filter(Outcome.Refused.class::isInstance)
                        .map(refused -> ((Outcome.Refused<Delivered>) refused).why())
                        .distinct()
                        .toList();
        if (refusals.isEmpty()) {
            return SmtpReply.of(250, 0, 0, "Stored as " + id);
        }
        boolean allForOneReason =
                refusals.size() == 1
                        && outcomes.stream().allMatch(Outcome.Refused.class::isInstance);
        return allForOneReason
                ? reply(refusals.getFirst())
                : SmtpReply.of(451, 2, 0, "Not stored for every recipient, try again");
    }

    private static SmtpReply reply(Refusal why) {
        return switch (why) {
            case OVER_QUOTA -> SmtpReply.of(452, 2, 2, "The mailbox is full");
            case NO_SUCH_MAILBOX -> SmtpReply.of(550, 2, 1, "The mailbox is gone");
            case ALREADY_EXISTS, INBOX, HAS_INFERIORS, BAD_NAME, IN_USE, LIMIT ->
                    SmtpReply.of(451, 2, 0, "The mailbox cannot take the message now");
        };
    }
}
