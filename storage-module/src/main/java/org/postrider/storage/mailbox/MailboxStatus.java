package org.postrider.storage.mailbox;

/// The figures of STATUS (RFC 9051 §6.3.11), exact at one moment.
///
/// @param octets the sum of RFC822.SIZE
public record MailboxStatus(
        int messages,
        int recent,
        int unseen,
        int deleted,
        long octets,
        long uidNext,
        UidValidity uidValidity,
        ModSeq highestModSeq) {}
