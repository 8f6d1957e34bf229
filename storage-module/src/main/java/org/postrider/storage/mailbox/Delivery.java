package org.postrider.storage.mailbox;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.postrider.storage.directory.AccountId;

/// One accepted message on its way to its recipients, all in one transaction.
///
/// @param message the octets, stored once however many recipients there are
/// @param received when it was accepted: INTERNALDATE
/// @param recipients each account once
/// @param admission what becomes of a recipient whose quota is reached
public record Delivery(
        Staged message, Instant received, List<Recipient> recipients, Admission admission) {

    /// @param account who gets it
    /// @param mailbox where it goes if the account has one of that name that has no special use, in
    ///   whatever case; else into INBOX
    /// @param traceFields header fields put in front for this recipient only (Return-Path,
    ///   Received), complete with CRLF
    public record Recipient(AccountId account, Optional<MailboxName> mailbox, byte[] traceFields) {

        /// One who gets it into INBOX.
        public Recipient(AccountId account, byte[] traceFields) {
            this(account, Optional.empty(), traceFields);
        }
    }

    /// What becomes of a recipient whose quota is reached.
    public enum Admission {
        /// It was asked for when the recipient was named, and the answer was yes: the message is
        /// delivered.
        ACCEPTED,
        /// Nobody was told anything yet: the recipient is refused.
        CHECKED
    }

    /// A delivery whose recipients were accepted.
    public Delivery(Staged message, Instant received, List<Recipient> recipients) {
        this(message, received, recipients, Admission.ACCEPTED);
    }

    public Delivery {
        recipients = List.copyOf(recipients);
        if (recipients.isEmpty()) {
            throw new IllegalArgumentException("a delivery needs a recipient");
        }
        if (recipients.stream().map(Recipient::account).distinct().count() != recipients.size()) {
            throw new IllegalArgumentException("an account is named twice");
        }
    }
}
