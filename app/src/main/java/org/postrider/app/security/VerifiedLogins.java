package org.postrider.app.security;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.postrider.storage.directory.Directory.Credential;

/// The logins that were verified lately, so that a phone that asks for mail each minute does not
/// cost Argon2's price each time.
///
/// An entry is a keyed hash (HMAC, RFC 2104, with a key of this process) over the account, its
/// password's hash and the password: no password is kept, and a changed one has no entry.
final class VerifiedLogins {

    private static final String ALGORITHM = "HmacSHA256";
    private static final int KEY_OCTETS = 32;

    private final SecretKeySpec key;
    private final Duration rememberFor;
    private final InstantSource clock;
    private final Map<String, Instant> until;

    VerifiedLogins(int limit, Duration rememberFor, InstantSource clock, SecureRandom random) {
        var octets = new byte[KEY_OCTETS];
        random.nextBytes(octets);
        this.key = new SecretKeySpec(octets, ALGORITHM);
        this.rememberFor = rememberFor;
        this.clock = clock;
        this.until = new Oldest(limit);
    }

    boolean contains(Credential credential, String password) {
        var entry = entry(credential, password);
        synchronized (until) {
            var end = until.get(entry);
            return end != null && clock.instant().isBefore(end);
        }
    }

    void add(Credential credential, String password) {
        var entry = entry(credential, password);
        synchronized (until) {
            until.put(entry, clock.instant().plus(rememberFor));
        }
    }

    private String entry(Credential credential, String password) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            var owner = credential.account().id().value() + " " + credential.password().encoded();
            mac.update(owner.getBytes(StandardCharsets.UTF_8));
            mac.update((byte) 0);
            return HexFormat.of().formatHex(mac.doFinal(password.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }

    /// Forgets the entry that was made first when there are too many.
    private static final class Oldest extends LinkedHashMap<String, Instant> {

        private static final long serialVersionUID = 1L;

        private final int limit;

        Oldest(int limit) {
            this.limit = limit;
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Instant> eldest) {
            return size() > limit;
        }
    }
}
