package org.postrider.transport.sasl;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/// What a server keeps of a password for SCRAM-SHA-256 (RFC 5802 §3, RFC 7677 §3): enough to check
/// a proof and to prove itself, and neither the password nor what a client proves it with.
///
/// Who reads it can pretend to the account's owner to be this server, and log in as the owner after
/// overhearing one login (RFC 5802 §9). Guessing the password from it costs one PBKDF2 a guess,
/// much less than from an Argon2id hash. Kept beside such a hash it is the weaker of the two, and
/// it is to be replaced or removed whenever the password is.
///
/// The count of iterations is the client's work at every login, unless it remembers its key (RFC
/// 7677 §4): about 0.1 s is the rule of thumb, and no less than 4096 are asked for. [#ITERATIONS]
/// is eight times that, and stays below 65,536, above which Cyrus SASL's client (after 2.1.28,
/// 2025-06) gives up.
///
/// @param salt 8 octets to 64
/// @param iterations [#FEWEST_ITERATIONS] to [#MOST_ITERATIONS]
public record ScramKeys(byte[] salt, int iterations, byte[] storedKey, byte[] serverKey) {

    /// What a new password gets.
    public static final int ITERATIONS = 32_768;

    /// RFC 7677 §4.
    public static final int FEWEST_ITERATIONS = 4096;

    /// More no client would compute in good time.
    public static final int MOST_ITERATIONS = 1_000_000;

    /// What a new password gets.
    static final int SALT_OCTETS = 16;

    private static final int SHORTEST_SALT = 8;
    private static final int LONGEST_SALT = 64;

    private static final String SCHEME = "SCRAM-SHA-256";

    /// RFC 5803 §2.
    private static final Pattern TEXT =
            Pattern.compile(
                    SCHEME
                            + "\\$(?<iterations>[1-9][0-9]{0,8}):(?<salt>[A-Za-z0-9+/=]{1,88})"
                            + "\\$(?<stored>[A-Za-z0-9+/=]{1,44}):(?<server>[A-Za-z0-9+/=]{1,44})");

    public ScramKeys {
        require(salt.length >= SHORTEST_SALT && salt.length <= LONGEST_SALT, "salt's length");
        require(
                iterations >= FEWEST_ITERATIONS && iterations <= MOST_ITERATIONS,
                "count of iterations");
        require(storedKey.length == Sha256.OCTETS, "StoredKey's length");
        require(serverKey.length == Sha256.OCTETS, "ServerKey's length");
        salt = salt.clone();
        storedKey = storedKey.clone();
        serverKey = serverKey.clone();
    }

    private static void require(boolean met, String what) {
        if (!met) {
            throw new IllegalArgumentException("no keys for " + SCHEME + ": the " + what);
        }
    }

    /// The keys of a new password.
    ///
    /// @return nothing for a password that SASLprep cannot prepare as a stored string (RFC 5802
    ///   §2.2, RFC 4013): one that is empty, holds a control character or one that Unicode 3.2 did
    ///   not know (an emoji), or mixes directions of writing. A client that follows the standard
    ///   cannot prove it either; such an account logs in by PLAIN only
    public static Optional<ScramKeys> of(String password, SecureRandom random) {
        var salt = new byte[SALT_OCTETS];
        random.nextBytes(salt);
        return of(password, salt, ITERATIONS);
    }

    static Optional<ScramKeys> of(String password, byte[] salt, int iterations) {
        return SaslPrep.stored(password)
                .map(prepared -> {
                    var salted = Sha256.iterated(prepared, salt, iterations);
                    var clientKey = Sha256.hmac(salted, "Client Key");
                    var serverKey = Sha256.hmac(salted, "Server Key");
                    return new ScramKeys(salt, iterations, Sha256.hash(clientKey), serverKey);
                });
    }

    /// Reads the text that [#format] writes.
    ///
    /// @throws IllegalArgumentException with what is wrong, and nothing of the text
    public static ScramKeys parse(String text) {
        var parts = TEXT.matcher(text);
        require(parts.matches(), "form is not " + SCHEME + "$iterations:salt$StoredKey:ServerKey");
        return new ScramKeys(
                octets(parts.group("salt"), "salt"),
                Integer.parseInt(parts.group("iterations")),
                octets(parts.group("stored"), "StoredKey"),
                octets(parts.group("server"), "ServerKey"));
    }

    private static byte[] octets(String base64, String what) {
        var octets = StrictBase64.decode(base64);
        require(octets.isPresent(), what + " is not base64");
        return octets.get();
    }

    /// The text in which they are stored (RFC 5803 §2), which is also PostgreSQL's.
    public String format() {
        return "%s$%d:%s$%s:%s"
                .formatted(
                        SCHEME,
                        iterations,
                        StrictBase64.encode(salt),
                        StrictBase64.encode(storedKey),
                        StrictBase64.encode(serverKey));
    }

    /// Whether somebody who knows the password made this proof (RFC 5802 §3). The proof is as long
    /// as a hash.
    boolean proves(byte[] proof, String authMessage) {
        var clientKey = Sha256.xor(Sha256.hmac(storedKey, authMessage), proof);
        return MessageDigest.isEqual(Sha256.hash(clientKey), storedKey);
    }

    /// What shows the client that we know its keys (RFC 5802 §3).
    byte[] serverSignature(String authMessage) {
        return Sha256.hmac(serverKey, authMessage);
    }

    @Override
    public byte[] salt() {
        return salt.clone();
    }

    @Override
    public byte[] storedKey() {
        return storedKey.clone();
    }

    @Override
    public byte[] serverKey() {
        return serverKey.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ScramKeys keys
                && iterations == keys.iterations
                && Arrays.equals(salt, keys.salt)
                && MessageDigest.isEqual(storedKey, keys.storedKey)
                && MessageDigest.isEqual(serverKey, keys.serverKey);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(salt);
    }

    /// Without the keys: it may get into a log.
    @Override
    public String toString() {
        return SCHEME + " with " + iterations + " iterations";
    }
}
