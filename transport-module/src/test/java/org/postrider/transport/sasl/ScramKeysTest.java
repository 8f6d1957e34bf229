package org.postrider.transport.sasl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What is kept of a password for SCRAM, and how it is written.
class ScramKeysTest {

    private static final byte[] SALT = Base64.getDecoder().decode("W22ZaJ0SNY7soEsUEjb6gQ==");

    /// `pencil` with the salt of RFC 7677 §3; the keys were computed with Python's hashlib.
    private static final String PENCIL =
            "SCRAM-SHA-256$4096:W22ZaJ0SNY7soEsUEjb6gQ==$WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY="
                    + ":wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU=";

    @Test
    void theTextIsWhatOthersComputeAndStore() {
        var keys = ScramKeys.of("pencil", SALT, 4096).orElseThrow();
        assertThat(keys.format()).isEqualTo(PENCIL);
        assertThat(ScramKeys.parse(PENCIL)).isEqualTo(keys);
    }

    @Test
    void aPasswordIsPreparedFirst() {
        assertThat(ScramKeys.of("I\u00adX", SALT, 4096))
                .isEqualTo(ScramKeys.of("\u2168", SALT, 4096))
                .isEqualTo(ScramKeys.of("IX", SALT, 4096));
        assertThat(ScramKeys.of("ix", SALT, 4096)).isNotEqualTo(ScramKeys.of("IX", SALT, 4096));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\u00ad", "a\u0007b", "\ud83d\ude00", "\u0627x"})
    void aPasswordThatCannotBePreparedHasNoKeys(String password) {
        assertThat(ScramKeys.of(password, new SecureRandom())).isEmpty();
    }

    @Test
    void eachPasswordHasASaltOfItsOwn() {
        var random = new SecureRandom();
        var one = ScramKeys.of("pencil", random).orElseThrow();
        assertThat(one).isNotEqualTo(ScramKeys.of("pencil", random).orElseThrow());
        assertThat(one.iterations()).isEqualTo(32_768);
        assertThat(one.salt()).hasSize(16);
        assertThat(ScramKeys.parse(one.format())).isEqualTo(one).hasSameHashCodeAs(one);
    }

    @Test
    void keysDoNotGetIntoALog() {
        assertThat(ScramKeys.parse(PENCIL)).hasToString("SCRAM-SHA-256 with 4096 iterations");
    }

    @Test
    void whatIsHandedOutIsACopy() {
        var keys = ScramKeys.parse(PENCIL);
        keys.salt()[0]++;
        keys.storedKey()[0]++;
        keys.serverKey()[0]++;
        assertThat(keys.format()).isEqualTo(PENCIL);
    }

    /// Each replaces one part of the valid text.
    @ParameterizedTest
    @CsvSource({
        "SCRAM-SHA-256, SCRAM-SHA-1, form",
        "SCRAM-SHA-256, scram-sha-256, form",
        "4096, 4095, iterations",
        "4096, 1000001, iterations",
        "4096, 999999999, iterations",
        "4096, 99999999999999999999, form",
        "4096, -4096, form",
        "4096, 04096, form",
        "4096, '', form",
        "W22ZaJ0SNY7soEsUEjb6gQ==, '', form",
        "W22ZaJ0SNY7soEsUEjb6gQ==, W22ZaJ0=, salt",
        "W22ZaJ0SNY7soEsUEjb6gQ==, W22ZaJ0SNY7soEsUEjb6gQ, salt is not base64",
        "W22ZaJ0SNY7soEsUEjb6gQ==, W22ZaJ0SNY7soEsUEjb6gR==, salt is not base64",
        "W22ZaJ0SNY7soEsUEjb6gQ==, ====, salt is not base64",
        "W22ZaJ0SNY7soEsUEjb6gQ==, W22 aJ0SNY7soEsUEjb6gQ==, form",
        "$WG5d, $AAAAWG5d, form",
        "$WG5d, $, StoredKey",
        ":wfPL, :, ServerKey",
        ":wfPL, $wfPL, form",
    })
    void aTextIsRefusedWithWhatIsWrongOnly(String part, String other, String what) {
        var text = PENCIL.replace(part, other);
        assertThat(text).isNotEqualTo(PENCIL);
        assertThatThrownBy(() -> ScramKeys.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("no keys for SCRAM-SHA-256: the ")
                .hasMessageContaining(what)
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("W22", "WG5d", "wfPL"));
    }

    @Test
    void aTextHasNothingAroundIt() {
        assertThatThrownBy(() -> ScramKeys.parse(PENCIL + "\n")).hasMessageContaining("form");
        assertThatThrownBy(() -> ScramKeys.parse(" " + PENCIL)).hasMessageContaining("form");
        assertThatThrownBy(() -> ScramKeys.parse("")).hasMessageContaining("form");
    }

    @Test
    void decoysStandStillAndTellNoNamesApart() {
        var decoys = new ScramDecoys(new byte[32]);
        var keys = decoys.keys("nobody");
        assertThat(new ScramDecoys(new byte[32]).keys("nobody")).isEqualTo(keys);
        assertThat(decoys.keys("somebody").salt()).isNotEqualTo(keys.salt());
        var other = new byte[32];
        other[31] = 1;
        assertThat(new ScramDecoys(other).keys("nobody").salt()).isNotEqualTo(keys.salt());
        assertThatThrownBy(() -> new ScramDecoys(new byte[31]))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
