package org.postrider.storage.address;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.Normalizer;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MailAddressTest {

    private static final int ROUNDS = 5_000;

    @ParameterizedTest
    @CsvSource({
        "anna@bücher.example, anna@xn--bcher-kva.example",
        "anna@bücher.example, ANNA@XN--BCHER-KVA.Example.",
        "anna@例え.テスト, anna@例え。テスト",
        "anna@faß.de, Anna@FAẞ.DE",
        "jos\u00e9@example.com, jose\u0301@example.com",
        "jos\u00e9@example.com, JOSE\u0301@example.com",
        "\u1e96@example.com, H\u0331@example.com",
        "ab@x, '\"ab\"@x'",
        "ab@x, '\"a\\b\"@x'",
        "a.b@x, '\"a.b\"@x'",
        "'\"a b\"@x', '\"A\\ B\"@x'",
    })
    void anAddressHasOneKeyHoweverItIsWritten(String one, String other) {
        assertThat(parsed(other).key()).isEqualTo(parsed(one).key());
    }

    @ParameterizedTest
    @CsvSource({
        "anna@example.com, Anna+lists@example.com",
        "anna@faß.de, anna@fass.de",
        "a.b@x, ab@x",
        "ab@x, '\"a b\"@x'",
        "ab@x, '\"a\"@b.x'",
    })
    void anotherAddressHasAnotherKey(String one, String other) {
        assertThat(parsed(other).key()).isNotEqualTo(parsed(one).key());
    }

    @Test
    void anAddressWrittenWithNeedlessQuotesIsTheSame() {
        assertThat(parsed("\"ab\"@x")).isEqualTo(parsed("ab@x")).hasToString("ab@x");
        assertThat(parsed("\"\\a\\b\"@x")).isEqualTo(parsed("ab@x"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"a b\"@x",
                "\"a@b\"@x",
                "\"a..b\"@x",
                "\".\"@x",
                "\"a\\\"b\\\\c\"@x",
                "\" \"@x",
                "\"é, è\"@x"
            })
    void whatNeedsQuotesIsWrittenWithThem(String text) {
        assertThat(parsed(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "@",
                "@x",
                "ab",
                "ab@",
                "a b@x",
                "a@b@x",
                ".a@x",
                "a.@x",
                "a..b@x",
                "\"\"@x",
                "\"ab@x",
                "ab\"@x",
                "\"a\"b@x",
                "\"a\"b\"@x",
                "\"ab\\\"@x",
                "\"a\nb\"@x",
                "a\u0000b@x",
                "a\u0085b@x",
                "a\ud800@x",
                "\udc00a@x",
                "ab@x y",
                "ab@x_y",
                "ab@[192.0.2.1]",
                "ab@♥.de"
            })
    void whatIsNoAddressIsRefused(String text) {
        assertThat(MailAddress.parse(text)).isEmpty();
    }

    @Test
    void aLocalPartHas64OctetsAtMostNot64Characters() {
        assertThat(MailAddress.parse("a".repeat(64) + "@x")).isPresent();
        assertThat(MailAddress.parse("a".repeat(65) + "@x")).isEmpty();
        assertThat(MailAddress.parse("é".repeat(32) + "@x")).isPresent();
        assertThat(MailAddress.parse("é".repeat(32) + "a@x")).isEmpty();
        assertThat(MailAddress.parse("\"" + " ".repeat(64) + "\"@x")).isPresent();
    }

    @Test
    void whatIsWrittenIsReadAsTheSame() {
        long seed = System.nanoTime();
        var random = new SplittableRandom(seed);
        for (int round = 0; round < ROUNDS; round++) {
            var address = new MailAddress(localPart(random), new DomainName("bücher.example"));
            assertThat(MailAddress.parse(address.toString())).as("seed %d", seed).contains(address);
            var written = Normalizer.normalize(address.localPart(), Normalizer.Form.NFD);
            assertThat(new MailAddress(written, address.domain()).key())
                    .as("seed %d", seed)
                    .isEqualTo(address.key());
        }
    }

    private static String localPart(SplittableRandom random) {
        return random.ints(random.nextInt(1, 12), 0, 5)
                .map(kind ->
                        switch (kind) {
                            case 0 -> random.nextInt(0xc0, 0x250);
                            case 1 -> random.nextInt(0x1e00, 0x2000);
                            case 2 -> "\\\"@. ".charAt(random.nextInt(5));
                            case 3 -> random.nextInt(0x300, 0x345);
                            default -> random.nextInt(' ', 0x7f);
                        })
                .mapToObj(Character::toString)
                .collect(Collectors.joining());
    }

    private static MailAddress parsed(String text) {
        return MailAddress.parse(text).orElseThrow(() -> new AssertionError(text));
    }
}
