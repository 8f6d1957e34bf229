package org.postrider.storage.directory;

/// What is kept of a password to check it by, as one line of text: its hash with parameters and
/// salt (PHC string format: `$argon2id$v=19$…`) and, behind a space, keys for SCRAM if there are
/// any (RFC 5803 §2: `SCRAM-SHA-256$…`). They are of one password, so they come and go together.
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
