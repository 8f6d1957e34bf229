package org.postrider.storage.mailbox;

/// Tells a mailbox from an earlier one of the same name (RFC 9051 §2.3.1.1); unique in its account
/// for ever.
public record UidValidity(long value) {

    public UidValidity {
        if (value < 1 || value > Uid.MAX) {
            throw new IllegalArgumentException("UIDVALIDITY out of range: " + value);
        }
    }
}
