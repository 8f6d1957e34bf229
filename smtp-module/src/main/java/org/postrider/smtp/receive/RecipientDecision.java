package org.postrider.smtp.receive;

import org.postrider.smtp.wire.SmtpReply;
import org.postrider.storage.directory.Account;

/// What becomes of mail for one recipient.
public sealed interface RecipientDecision {

    record DeliverLocally(Account account) implements RecipientDecision {}

    record Refuse(SmtpReply reply) implements RecipientDecision {}
}
