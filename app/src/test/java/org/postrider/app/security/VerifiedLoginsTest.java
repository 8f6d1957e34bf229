package org.postrider.app.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.postrider.storage.address.MailAddress;
import org.postrider.storage.directory.Account;
import org.postrider.storage.directory.AccountId;
import org.postrider.storage.directory.Directory.Credential;
import org.postrider.storage.directory.PasswordHash;

class VerifiedLoginsTest {

    private Instant now = Instant.parse("2026-11-21T00:00:00Z");

    private final VerifiedLogins logins =
            new VerifiedLogins(2, Duration.ofMinutes(5), () -> now, new SecureRandom());

    @Test
    void aLoginIsRememberedForAWhile() {
        logins.add(credential(1, "hash"), "secret");
        assertThat(logins.contains(credential(1, "hash"), "secret")).isTrue();
        assertThat(logins.contains(credential(1, "hash"), "Secret")).isFalse();
        assertThat(logins.contains(credential(2, "hash"), "secret")).isFalse();
        now = now.plus(Duration.ofMinutes(5));
        assertThat(logins.contains(credential(1, "hash"), "secret")).isFalse();
    }

    @Test
    void aChangedPasswordForgetsTheOldOne() {
        logins.add(credential(1, "old hash"), "old");
        assertThat(logins.contains(credential(1, "new hash"), "old")).isFalse();
    }

    @Test
    void theMemoryIsBounded() {
        for (int account = 1; account <= 3; account++) {
            logins.add(credential(account, "hash"), "secret");
        }
        assertThat(logins.contains(credential(1, "hash"), "secret")).isFalse();
        assertThat(logins.contains(credential(2, "hash"), "secret")).isTrue();
        assertThat(logins.contains(credential(3, "hash"), "secret")).isTrue();
    }

    private static Credential credential(int account, String hash) {
        var address = MailAddress.parse("anna@example.test").orElseThrow();
        return new Credential(new Account(new AccountId(account), address), new PasswordHash(hash));
    }
}
