package org.postrider.storage.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DomainNameTest {

    private static final int ROUNDS = 5_000;

    /// A label is drawn from one of them.
    private static final List<String> ALPHABETS =
            List.of(
                    "abcxyz019-",
                    "äöüßéñıłœ",
                    "бгджия",
                    "αβγλος",
                    "\u05d0\u05d1\u05d2\u05d3\u05d4",
                    "\u0628\u062a\u062b\u062c\u062d",
                    "कखगघ",
                    "กขคง",
                    "日本語東京",
                    "あいうアイウ",
                    "가나다라",
                    "\ud801\udc28\ud801\udc29");

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "example.com", "a-b.x1.0", "1.2.3.4", "xn--bcher-kva.de"})
    void aCanonicalNameStaysAsItIs(String name) {
        assertThat(DomainName.parse(name)).map(DomainName::value).contains(name);
    }

    @ParameterizedTest
    @CsvSource({
        "EXAMPLE.Com, example.com",
        "example.com., example.com",
        "bücher.example, xn--bcher-kva.example",
        "Bücher.Example., xn--bcher-kva.example",
        "bu\u0308cher.example, xn--bcher-kva.example",
        "BU\u0308CHER.example, xn--bcher-kva.example",
        "XN--BCHER-KVA.example, xn--bcher-kva.example",
        "παράδειγμα.δοκιμή, xn--hxajbheg2az3al.xn--jxalpdlp",
        "例え.テスト, xn--r8jz45g.xn--zckzah",
        "ﾃｽﾄ, xn--zckzah",
        "ｅｘａｍｐｌｅ.ｃｏｍ, example.com",
        "ＥＸＡＭＰＬＥ．ｃｏｍ, example.com",
        "ｘｎ－－bcher-kva, xn--bcher-kva",
        "ﬁsh.example, fish.example",
        "İstanbul.example, xn--istanbul-o0e.example",
        "ıspanak.example, xn--spanak-o9a.example",
        "\u212aelvin.example, kelvin.example",
        "\uab70.example, xn--58d.example",
        "\u13a0.example, xn--58d.example",
    })
    void aNameHasOneFormHoweverItIsWritten(String written, String canonical) {
        assertThat(DomainName.parse(written)).map(DomainName::value).contains(canonical);
    }

    /// IDNA2003 made another name of each.
    @ParameterizedTest
    @CsvSource({
        "faß.de, xn--fa-hia.de",
        "FAẞ.de, xn--fa-hia.de",
        "fass.de, fass.de",
        "βόλος.com, xn--nxasmm1c.com",
        "βόλοσ.com, xn--nxasmq6b.com",
        "ΒΌΛΟΣ.com, xn--nxasmq6b.com",
        "\u0dc1\u0dca\u200d\u0dbb\u0dd3.com, xn--10cl1a0b660p.com",
        "\u0dc1\u0dca\u0dbb\u0dd3.com, xn--10cl1a0b.com",
        "\u0646\u0627\u0645\u0647\u200c\u0627\u06cc.com, xn--mgba3gch31f060k.com",
        "\u0646\u0627\u0645\u0647\u0627\u06cc.com, xn--mgba3gch31f.com",
    })
    void sharpSFinalSigmaAndJoinersAreKept(String written, String canonical) {
        assertThat(DomainName.parse(written)).map(DomainName::value).contains(canonical);
    }

    @ParameterizedTest
    @ValueSource(strings = {"例え。テスト", "例え．テスト", "例え｡テスト", "例え.テスト。", "例え。テスト｡"})
    void theDotsOfIdeographsAreDots(String written) {
        assertThat(DomainName.parse(written))
                .map(DomainName::value)
                .contains("xn--r8jz45g.xn--zckzah");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "..",
                ".com",
                "a..b",
                "a.b..",
                "。",
                "-a",
                "a-",
                "a.-b",
                "a_b.c",
                "a b",
                " a",
                "a\n",
                "a@b",
                "a/b",
                "a%41",
                "[192.0.2.1]",
                "ab--cd",
                "é-.de",
                "-é.de",
                "éa--b.de"
            })
    void whatIsNotOfLettersDigitsAndSingleHyphensInsideIsRefused(String text) {
        assertRefused(text);
    }

    /// Symbols, what cannot be seen, what begins with a mark, what is no character, half a pair, a
    /// number that has a dot in it, what IDNA2003 took.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "♥.de",
                "\ud83d\udca9.la",
                "a\u00adb.de",
                "a\u200bb.de",
                "a\u2060b.de",
                "\ufeffa.de",
                "a\u202eb.de",
                "a\u200cb.de",
                "\u0301a.de",
                "a.\u0903b",
                "\u0378.de",
                "\ue000.de",
                "\ud800.de",
                "a\udc00.de",
                "⒈com",
                "a…b",
                "a\u2024b",
                "℀.de",
                "√.com",
                "1.\u05d0",
                "a\u05d0.com"
            })
    void whatIsNotOfWordsIsRefused(String text) {
        assertRefused(text);
    }

    @ParameterizedTest
    @CsvSource({
        "nothing, xn--",
        "ASCII alone, xn--abc-",
        "a hyphen at the end, xn----9fa",
        "a hyphen at the beginning, xn----bga",
        "hyphens that mean something, xn--ab---epa",
        "a prefix once more, xn--xn---epa",
        "a capital, xn--ber-ska",
        "what is not NFC, xn--u-ccb",
        "a ligature, xn--9ca1619j",
        "a wide letter, xn--mi7c",
        "a symbol, xn--ls8h",
        "a mark at the beginning, xn--a-wbb",
        "a joiner between Latin letters, xn--ab-m1t",
        "a digit before a letter from right to left, xn--1-0hc",
        "what is not assigned, xn--zva",
        "a surrogate, xn--ib9b",
        "a control character, xn--a",
        "a number that does not end, xn--bcher-kv",
        "a number beyond Unicode, xn--999999b",
        "a delimiter without ASCII before it, xn---kva",
        "what is not ASCII, xn--bücher-kva",
    })
    void whatOnlyLooksLikeAnALabelIsRefused(String what, String label) {
        assertThat(DomainName.parse(label)).as(what).isEmpty();
        assertThat(DomainName.parse("example." + label + ".com")).as(what).isEmpty();
    }

    @Test
    void aLabelHas63OctetsAtMost() {
        var longest = "a".repeat(63);
        assertThat(DomainName.parse(longest)).map(DomainName::value).contains(longest);
        assertRefused(longest + "a");

        var international = "ü" + "a".repeat(55);
        assertThat(DomainName.parse(international))
                .map(name -> name.value().length())
                .contains("xn--".length() + 55 + "-zvf".length());
        assertRefused("ü" + "a".repeat(56));
        assertRefused("ü".repeat(1_000));
    }

    @Test
    void aNameHas253OctetsAtMost() {
        var labels = "a.".repeat(125);
        assertThat(DomainName.parse(labels + "abc"))
                .map(DomainName::value)
                .contains(labels + "abc");
        assertThat(DomainName.parse(labels + "abc.")).isPresent();
        assertRefused(labels + "abcd");

        assertThat(DomainName.parse("ü.".repeat(31) + "abcde")).isPresent();
        assertRefused("ü.".repeat(31) + "abcdef");
        assertRefused("a.".repeat(1_000_000));
    }

    @ParameterizedTest
    @CsvSource({
        "example.com, example.com",
        "xn--bcher-kva.Example, bücher.example",
        "xn--r8jz45g.xn--zckzah, 例え.テスト",
        "日本-nihon-ニホン-にほん.example, 日本-nihon-ニホン-にほん.example",
        "한국-hanguk-韓國.example, 한국-hanguk-韓國.example",
        "xn--10cl1a0b660p.com, \u0dc1\u0dca\u200d\u0dbb\u0dd3.com",
    })
    void aNameIsShownAsPeopleReadIt(String written, String shown) {
        assertThat(DomainName.parse(written)).map(DomainName::display).contains(shown);
    }

    /// With a Cyrillic а; a Greek ο; both of Cyrillic and Greek.
    @ParameterizedTest
    @ValueSource(strings = {"p\u0430ypal.example", "g\u03bfogle.example", "\u0430\u03bf.example"})
    void aLabelOfScriptsThatNobodyMixesIsShownAsAnALabel(String written) {
        var name = DomainName.parse(written).orElseThrow();
        assertThat(name.display()).isEqualTo(name.value()).startsWith("xn--");
    }

    @Test
    void aNameIsWrittenAsOtherProgramsTakeIt() {
        assertThat(new DomainName("bücher.example"))
                .isEqualTo(new DomainName("xn--bcher-kva.example"))
                .hasToString("xn--bcher-kva.example");
    }

    @Test
    void aValidLabelComesBackFromItsALabel() {
        long seed = System.nanoTime();
        var random = new SplittableRandom(seed);
        for (int round = 0; round < ROUNDS; round++) {
            var label = label(random);
            var name = DomainName.parse(label);
            if (label.startsWith("-") || label.endsWith("-") || label.startsWith("--", 2)) {
                assertThat(name).as("seed %d, %s", seed, label).isEmpty();
                continue;
            }
            var value = name.orElseThrow(() -> new AssertionError(seed + " " + label)).value();
            assertThat(value).as("seed %d", seed).matches("[a-z0-9-]{1,63}");
            assertThat(new DomainName(value).display()).as("seed %d", seed).isEqualTo(label);
            assertThat(DomainName.parse(written(label, random)))
                    .as("seed %d, %s", seed, label)
                    .isEqualTo(name);
        }
    }

    private static String label(SplittableRandom random) {
        int[] letters = ALPHABETS.get(random.nextInt(ALPHABETS.size())).codePoints().toArray();
        return random.ints(random.nextInt(1, 14), 0, letters.length)
                .mapToObj(i -> Character.toString(letters[i]))
                .collect(Collectors.joining());
    }

    /// In capitals, where they come back, or with marks by themselves.
    private static String written(String label, SplittableRandom random) {
        var capitals = label.toUpperCase(Locale.ROOT);
        boolean comeBack = label.codePoints().noneMatch(c -> c == 'ß' || c == 'ς' || c == 'ı');
        var form = random.nextBoolean() ? Normalizer.Form.NFD : Normalizer.Form.NFC;
        return Normalizer.normalize(comeBack ? capitals : label, form);
    }

    @Test
    void whateverIsWrittenIsANameOrNone() {
        long seed = System.nanoTime();
        var random = new SplittableRandom(seed);
        for (int round = 0; round < ROUNDS; round++) {
            var text = anything(random);
            DomainName.parse(text)
                    .ifPresent(name -> {
                        assertThat(name.value())
                                .as("seed %d", seed)
                                .matches("[a-z0-9-]{1,63}(\\.[a-z0-9-]{1,63})*");
                        assertThat(DomainName.parse(name.value())).contains(name);
                        assertThat(DomainName.parse(name.display())).contains(name);
                    });
        }
    }

    private static String anything(SplittableRandom random) {
        var text = new StringBuilder();
        for (int left = random.nextInt(8); left > 0; left--) {
            switch (random.nextInt(6)) {
                case 0 -> text.append("xn--");
                case 1 -> text.append(random.nextBoolean() ? '.' : '-');
                case 2 -> text.append((char) random.nextInt(Character.MAX_VALUE + 1));
                case 3 -> text.appendCodePoint(random.nextInt(Character.MAX_CODE_POINT + 1));
                default -> text.append("abcxyz0129".charAt(random.nextInt(10)));
            }
        }
        return text.toString();
    }

    private static void assertRefused(String text) {
        assertThat(DomainName.parse(text)).isEmpty();
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> new DomainName(text));
    }
}
