package org.postrider.storage.directory;

/// The number of an account, given once and never to another.
public record AccountId(int value) {

    public AccountId {
        if (value < 1) {
            throw new IllegalArgumentException("account number out of range: " + value);
        }
    }
}
