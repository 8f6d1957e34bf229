package org.postrider.storage.testing.mime;

import java.nio.charset.Charset;
import java.util.Base64;
import java.util.List;
import java.util.Random;

/// Words, people and charsets for made-up mail.
final class Vocabulary {

    private static final List<List<String>> LANGUAGES =
            List.of(
                    List.of("the", "meeting", "about", "harbour", "was", "moved", "to", "noon"),
                    List.of("die", "Straße", "über", "grüne", "Hügel", "führt", "nächste", "Woche"),
                    List.of("l'été", "où", "garçon", "près", "déjà", "forêt", "être", "naïf"),
                    List.of("встреча", "о", "новом", "мосте", "через", "реку", "завтра", "утром"),
                    List.of("会議", "橋", "明日", "午後", "資料", "添付", "確認", "お願い"),
                    List.of("😀", "party", "🎉", "tomorrow", "🚢", "ahoy", "⚓", "welcome"));

    private static final List<String> CHARSETS =
            List.of("utf-8", "iso-8859-1", "windows-1252", "iso-8859-15", "koi8-r", "iso-2022-jp");

    private final Random random;

    Vocabulary(Random random) {
        this.random = random;
    }

    <T> T one(List<T> choice) {
        return choice.get(random.nextInt(choice.size()));
    }

    int between(int least, int most) {
        return least + random.nextInt(most - least + 1);
    }

    boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    List<String> language() {
        return one(LANGUAGES);
    }

    String words(List<String> language, int count) {
        var words = new StringBuilder();
        for (int i = 0; i < count; i++) {
            words.append(i == 0 ? "" : " ").append(one(language));
        }
        return words.toString();
    }

    /// Paragraphs, lines parted by `\n`.
    String prose(int lines) {
        var language = language();
        var prose = new StringBuilder();
        for (int i = 0; i < lines; i++) {
            prose.append(chance(15) ? "" : words(language, between(3, 12))).append('\n');
        }
        return prose.toString();
    }

    String address() {
        return one(List.of("ada", "grace.h", "o'brien", "a_b-c+tag", "info", "no-reply"))
                + between(1, 99)
                + "@"
                + one(List.of("example.test", "mail.example.com", "xn--bcher-kva.example"));
    }

    String person() {
        return switch (random.nextInt(5)) {
            case 0 -> address();
            case 1 ->
                    "\""
                            + one(List.of("Lovelace, Ada", "Dr. \\\"X\\\""))
                            + "\" <"
                            + address()
                            + ">";
            case 2 -> address() + " (" + one(List.of("Ada", "from (the) desk")) + ")";
            case 3 -> encodedWords(words(language(), 2)) + " <" + address() + ">";
            default -> one(List.of("Ada Lovelace", "Grace B. Hopper")) + " <" + address() + ">";
        };
    }

    String people(int count) {
        var people = new StringBuilder(person());
        for (int i = 1; i < count; i++) {
            people.append(chance(40) ? ",\r\n " : ", ").append(person());
        }
        return people.toString();
    }

    String messageId() {
        return "<" + Long.toString(random.nextLong() & Long.MAX_VALUE, 36) + "@example.test>";
    }

    /// The text as encoded words (RFC 2047), folded between them.
    String encodedWords(String text) {
        var name = one(CHARSETS);
        var charset = Charset.forName(name).newEncoder().canEncode(text) ? name : "utf-8";
        var words = new StringBuilder();
        int at = 0;
        while (at < text.length()) {
            int end =
                    text.offsetByCodePoints(
                            at, Math.min(8, text.codePointCount(at, text.length())));
            var octets = text.substring(at, end).getBytes(Charset.forName(charset));
            words.append(at == 0 ? "" : "\r\n ").append("=?").append(charset);
            words.append(
                    chance(50) ? "?B?" + Base64.getEncoder().encodeToString(octets) : q(octets));
            words.append("?=");
            at = end;
        }
        return words.toString();
    }

    private static String q(byte[] octets) {
        var encoded = new StringBuilder("?Q?");
        for (byte octet : octets) {
            encoded.append("=%02X".formatted(octet & 0xFF));
        }
        return encoded.toString();
    }
}
