package org.postrider.transport.sasl;

/// Keys for accounts that do not exist, or have none, so that an exchange looks alike for all. The
/// salt of a name is always the same, as that of an account is; so the secret has to outlive the
/// process. Nobody knows a password to the keys.
///
/// An account that still has another count of iterations than [ScramKeys#ITERATIONS] stands out.
public final class ScramDecoys {

    private static final int SHORTEST_SECRET = 32;

    private final byte[] secret;

    /// @param secret random octets, 32 at least, which never change
    public ScramDecoys(byte[] secret) {
        if (secret.length < SHORTEST_SECRET) {
            throw new IllegalArgumentException(
                    "a secret of " + secret.length + " octets, not " + SHORTEST_SECRET);
        }
        this.secret = secret.clone();
    }

    /// @param name canonical
    ScramKeys keys(String name) {
        var salt = new byte[ScramKeys.SALT_OCTETS];
        System.arraycopy(Sha256.hmac(secret, "salt\0" + name), 0, salt, 0, salt.length);
        return new ScramKeys(
                salt,
                ScramKeys.ITERATIONS,
                Sha256.hmac(secret, "StoredKey\0" + name),
                Sha256.hmac(secret, "ServerKey\0" + name));
    }
}
