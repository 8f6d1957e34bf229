package org.postrider.app.security;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.postrider.storage.directory.PasswordHash;
import org.postrider.transport.sasl.ScramKeys;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;

/// Makes what is kept of passwords, and checks them: a hash by Argon2id (RFC 9106), at most one a
/// processor at once, because each takes its full memory and its full time, and keys for SCRAM.
public final class PasswordHashing {

    private static final String SEPARATOR = " ";

    /// Of a password for which there can be none.
    private static final String NO_KEYS = "-";

    private static final int SALT_OCTETS = 16;
    private static final int HASH_OCTETS = 32;

    private final Argon2PasswordEncoder argon2;
    private final SecureRandom random;
    private final Semaphore processors =
            new Semaphore(Runtime.getRuntime().availableProcessors(), true);

    /// The hash of no password at all: random octets.
    private final PasswordHash nobodys;

    /// @param memory in KiB
    public PasswordHashing(int memory, int iterations, int parallelism, SecureRandom random) {
        this.random = random;
        argon2 =
                new Argon2PasswordEncoder(
                        SALT_OCTETS, HASH_OCTETS, parallelism, memory, iterations);
        nobodys =
                new PasswordHash(
                        "$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s"
                                .formatted(
                                        memory,
                                        iterations,
                                        parallelism,
                                        base64(random, SALT_OCTETS),
                                        base64(random, HASH_OCTETS)));
    }

    /// A hash of the password, and keys if it can be prepared for them.
    public PasswordHash hash(String password) {
        var keys = ScramKeys.of(password, random).map(ScramKeys::format).orElse(NO_KEYS);
        return new PasswordHash(argon2id(password) + SEPARATOR + keys);
    }

    private String argon2id(String password) {
        processors.acquireUninterruptibly();
        try {
            var encoded = argon2.encode(password);
            if (encoded == null) {
                throw new IllegalStateException("no hash came back");
            }
            return encoded;
        } finally {
            processors.release();
        }
    }

    public boolean matches(String password, PasswordHash hash) {
        processors.acquireUninterruptibly();
        try {
            return argon2.matches(password, parts(hash)[0]);
        } finally {
            processors.release();
        }
    }

    /// Whether a password that matched would be kept in a better way today: with more work, or with
    /// keys where nobody has tried to make any.
    boolean isOutdated(PasswordHash hash) {
        var parts = parts(hash);
        return argon2.upgradeEncoding(parts[0]) || parts.length == 1;
    }

    /// The keys that are kept beside the hash.
    static Optional<ScramKeys> scramKeys(PasswordHash hash) {
        var parts = parts(hash);
        return parts.length == 1 || parts[1].equals(NO_KEYS)
                ? Optional.empty()
                : Optional.of(ScramKeys.parse(parts[1]));
    }

    private static String[] parts(PasswordHash hash) {
        return hash.encoded().split(SEPARATOR, 2);
    }

    /// What a password is checked against when there is no account: it takes as long, and never
    /// matches.
    PasswordHash nobodys() {
        return nobodys;
    }

    private static String base64(SecureRandom random, int count) {
        var octets = new byte[count];
        random.nextBytes(octets);
        return Base64.getEncoder().withoutPadding().encodeToString(octets);
    }
}
