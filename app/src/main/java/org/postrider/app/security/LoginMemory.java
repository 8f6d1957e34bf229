package org.postrider.app.security;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.postrider.storage.directory.PasswordHash;

/// Names and passwords that were checked lately, so that a phone that asks for mail each minute
/// does not cost Argon2's price each time, be its password right or one that was changed since.
///
/// An entry is a keyed hash (HMAC, RFC 2104, with a key of this process) over whose password it is,
/// the hash it was checked against, and the password: no password is kept, and a changed one has no
/// entry.
final class LoginMemory {

    private static final String ALGORITHM = "HmacSHA256";
    private static final int KEY_OCTETS = 32;

    private final SecretKeySpec key;
    private final Duration rememberFor;
    private final InstantSource clock;
    private final Map<String, Instant> until;

    LoginMemory(int limit, Duration rememberFor, InstantSource clock, SecureRandom random) {
        var octets = new byte[KEY_OCTETS];
        random.nextBytes(octets);
        this.key = new SecretKeySpec(octets, ALGORITHM);
        this.rememberFor = rememberFor;
        this.clock = clock;
        this.until = new Latest<>(limit);
    }

    /// @param owner the account, or the name that is nobody's
    boolean contains(String owner, PasswordHash hash, String password) {
        var entry = entry(owner, hash, password);
        synchronized (until) {
            var end = until.get(entry);
            return end != null && clock.instant().isBefore(end);
        }
    }

    void add(String owner, PasswordHash hash, String password) {
        var entry = entry(owner, hash, password);
        synchronized (until) {
            until.put(entry, clock.instant().plus(rememberFor));
        }
    }

    private String entry(String owner, PasswordHash hash, String password) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            for (var part : List.of(owner, hash.encoded())) {
                mac.update(part.getBytes(StandardCharsets.UTF_8));
                mac.update((byte) 0);
            }
            return HexFormat.of().formatHex(mac.doFinal(password.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }
}
