package org.postrider.storage.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Punycode by itself, without the rules of names.
class PunycodeTest {

    private static final int ROUNDS = 5_000;

    @ParameterizedTest
    @MethodSource("samples")
    void theSamplesOfTheStandardAreEncoded(String text, String encoded) {
        // Case is kept where it is the text's own.
        assertThat(Punycode.encode(text)).isEqualToIgnoringCase(encoded);
    }

    @ParameterizedTest
    @MethodSource("samples")
    void theSamplesOfTheStandardAreDecoded(String text, String encoded) {
        assertThat(Punycode.decode(encoded)).contains(text);
    }

    static Stream<Arguments> samples() throws IOException {
        try (var resource = PunycodeTest.class.getResourceAsStream("punycode-samples.txt")) {
            var octets = Objects.requireNonNull(resource).readAllBytes();
            var paragraphs = new String(octets, StandardCharsets.UTF_8).strip().split("\n\n", -1);
            return Stream.of(paragraphs)
                    .skip(1)
                    .map(sample -> sample.split("\n", -1))
                    .map(lines -> argumentSet(lines[0], ofCodePoints(lines[1]), lines[2]));
        }
    }

    private static String ofCodePoints(String hexadecimal) {
        return Stream.of(hexadecimal.split(" ", -1))
                .map(digits -> Character.toString(Integer.parseInt(digits, 16)))
                .collect(Collectors.joining());
    }

    @Test
    void theDigitsMeanTheSameInEitherCase() {
        assertThat(Punycode.decode("bcher-KVA")).contains("b\u00fccher");
    }

    @Test
    void whatIsAsciiAloneEndsWithADelimiter() {
        assertThat(Punycode.encode("abc")).isEqualTo("abc-");
        assertThat(Punycode.decode("abc-")).contains("abc");
        assertThat(Punycode.encode("-")).isEqualTo("--");
        assertThat(Punycode.decode("--")).contains("-");
        assertThat(Punycode.encode("")).isEmpty();
        assertThat(Punycode.decode("")).contains("");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-",
                "-abc",
                "z",
                "b",
                "zz9",
                "bcher-kv",
                "bcher-kv!",
                "bcher kva",
                "b\u00fc-kva",
                "abc-\u212a"
            })
    void whatHasADigitTooFewOrNoneIsNotDecoded(String text) {
        assertThat(Punycode.decode(text)).isEmpty();
    }

    /// The first is U+391C7C9. The others are more than 32 and than 64 bits hold (RFC 3492 §6.4).
    @ParameterizedTest
    @ValueSource(
            strings = {
                "999999b",
                "99999999b",
                "99999999999999999999999999b",
                "abc-99999999999999999999999999999999999999999999999999999999999"
            })
    void whatLeadsBeyondUnicodeIsNotDecoded(String text) {
        assertThat(Punycode.decode(text)).isEmpty();
    }

    /// Two of them would be a character that has its own encoding.
    @ParameterizedTest
    @ValueSource(strings = {"ib9b", "a-qo7g", "8c9by4f"})
    void surrogatesAreNotDecoded(String text) {
        assertThat(Punycode.decode(text)).isEmpty();
    }

    @Test
    void theLastCharacterOfUnicodeAfterManyOthersIsEncoded() {
        var text = "\u0080".repeat(2_000) + Character.toString(Character.MAX_CODE_POINT);
        assertThat(Punycode.decode(Punycode.encode(text))).contains(text);
    }

    @Test
    void whatIsEncodedIsDecodedToTheSame() {
        long seed = System.nanoTime();
        var random = new SplittableRandom(seed);
        for (int round = 0; round < ROUNDS; round++) {
            var text = text(random);
            var encoded = Punycode.encode(text);
            assertThat(encoded.chars()).as("seed %d", seed).allMatch(c -> c < 0x80);
            assertThat(Punycode.decode(encoded)).as("seed %d", seed).contains(text);
        }
    }

    private static String text(SplittableRandom random) {
        return random.ints(random.nextInt(24), 0, 0x10FFFF >> random.nextInt(14))
                .filter(c -> c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE)
                .mapToObj(Character::toString)
                .collect(Collectors.joining());
    }

    @Test
    void whatIsDecodedIsEncodedToTheSame() {
        long seed = System.nanoTime();
        var random = new SplittableRandom(seed);
        for (int round = 0; round < ROUNDS; round++) {
            var encoded =
                    random.ints(random.nextInt(1, 12), 0, 37)
                            .mapToObj(i -> "abcdefghijklmnopqrstuvwxyz0123456789-".charAt(i))
                            .map(String::valueOf)
                            .collect(Collectors.joining());
            Punycode.decode(encoded)
                    .map(Punycode::encode)
                    .ifPresent(again -> assertThat(again).as("seed %d", seed).isEqualTo(encoded));
        }
    }
}
