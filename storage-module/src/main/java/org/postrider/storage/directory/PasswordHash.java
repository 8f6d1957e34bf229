package org.postrider.storage.directory;

/// A password's hash with its parameters and salt in it, as one line of text (PHC string format:
/// `$argon2id$v=19$…`).
public record PasswordHash(String encoded) {

    public PasswordHash {
        if (encoded.isBlank() || encoded.length() > 512) {
            throw new IllegalArgumentException("not a password hash");
        }
    }

    /// Keeps the hash out of logs.
    @Override
    public String toString() {
        return "PasswordHash[…]";
    }
}
