package org.postrider.storage.mailbox;

import java.time.Instant;
import java.util.List;
import org.postrider.storage.directory.AccountId;

/// One accepted message on its way to the INBOXes of its recipients, all in one transaction.
///
/// @param message the octets, stored once however many recipients there are
/// @param received when it was accepted: INTERNALDATE
/// @param recipients each account once
public record Delivery(Staged message, Instant received, List<Recipient> recipients) {

    /// @param account whose INBOX
    /// @param traceFields header fields put in front for this recipient only (Return-Path,
    ///   Received), complete with CRLF
    public record Recipient(AccountId account, byte[] traceFields) {}

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
