package org.postrider.app.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import org.junit.jupiter.api.Test;

class PasswordHashingTest {

    private final PasswordHashing hashing = new PasswordHashing(1024, 2, 1, new SecureRandom());

    @Test
    void aHashSaysHowItWasMadeAndMatchesItsPasswordAlone() {
        var hash = hashing.hash("grüße");
        assertThat(hash.encoded()).startsWith("$argon2id$v=19$m=1024,t=2,p=1$");
        assertThat(hashing.matches("grüße", hash)).isTrue();
        assertThat(hashing.matches("grusse", hash)).isFalse();
    }

    @Test
    void aHashMadeWithOtherParametersStillMatches() {
        var cheaper = new PasswordHashing(512, 1, 1, new SecureRandom());
        assertThat(hashing.matches("secret", cheaper.hash("secret"))).isTrue();
    }

    @Test
    void nobodyIsCheckedAsEverybodyAndNeverLetIn() {
        assertThat(hashing.matches("secret", hashing.nobodys())).isFalse();
    }
}
