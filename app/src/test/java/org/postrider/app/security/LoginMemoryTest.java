package org.postrider.app.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.postrider.storage.directory.PasswordHash;

class LoginMemoryTest {

    private static final PasswordHash HASH = new PasswordHash("hash");

    private Instant now = Instant.parse("2026-11-21T00:00:00Z");

    private final LoginMemory logins =
            new LoginMemory(2, Duration.ofMinutes(5), () -> now, new SecureRandom());

    @Test
    void aLoginIsRememberedForAWhile() {
        logins.add("1", HASH, "secret");
        assertThat(logins.contains("1", HASH, "secret")).isTrue();
        assertThat(logins.contains("1", HASH, "Secret")).isFalse();
        assertThat(logins.contains("2", HASH, "secret")).isFalse();
        now = now.plus(Duration.ofMinutes(5));
        assertThat(logins.contains("1", HASH, "secret")).isFalse();
    }

    @Test
    void aChangedPasswordForgetsTheOldOne() {
        logins.add("1", HASH, "old");
        assertThat(logins.contains("1", new PasswordHash("new hash"), "old")).isFalse();
    }

    @Test
    void theMemoryIsBounded() {
        for (int account = 1; account <= 3; account++) {
            logins.add("" + account, HASH, "secret");
        }
        assertThat(logins.contains("1", HASH, "secret")).isFalse();
        assertThat(logins.contains("2", HASH, "secret")).isTrue();
        assertThat(logins.contains("3", HASH, "secret")).isTrue();
    }
}
