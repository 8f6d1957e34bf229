package org.postrider.app.security;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.concurrent.Semaphore;
import org.postrider.storage.directory.PasswordHash;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;

/// Argon2id (RFC 9106): hashes passwords and checks them, at most one a processor at once, because
/// each takes its full memory and its full time.
public final class PasswordHashing {

    private static final int SALT_OCTETS = 16;
    private static final int HASH_OCTETS = 32;

    private final Argon2PasswordEncoder argon2;
    private final Semaphore processors =
            new Semaphore(Runtime.getRuntime().availableProcessors(), true);

    /// The hash of no password at all: random octets.
    private final PasswordHash nobodys;

    /// @param memory in KiB
    public PasswordHashing(int memory, int iterations, int parallelism, SecureRandom random) {
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

    public PasswordHash hash(String password) {
        processors.acquireUninterruptibly();
        try {
            var encoded = argon2.encode(password);
            if (encoded == null) {
                throw new IllegalStateException("no hash came back");
            }
            return new PasswordHash(encoded);
        } finally {
            processors.release();
        }
    }

    public boolean matches(String password, PasswordHash hash) {
        processors.acquireUninterruptibly();
        try {
            return argon2.matches(password, hash.encoded());
        } finally {
            processors.release();
        }
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
