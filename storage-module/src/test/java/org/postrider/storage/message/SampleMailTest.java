package org.postrider.storage.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.postrider.storage.message.BodyPart.Embedded;
import org.postrider.storage.message.BodyPart.Leaf;
import org.postrider.storage.message.BodyPart.Multipart;
import org.postrider.storage.message.BodyPart.Place;
import org.postrider.storage.testing.mime.GoldenMail;
import org.postrider.storage.testing.mime.SampleMail;

/// What holds for every message, tried on made-up ones. The seeds are new at each run.
class SampleMailTest {

    private static final int ROUNDS = 400;

    private final long seed = System.nanoTime();

    static List<GoldenMail> golden() {
        return SampleMail.golden();
    }

    @ParameterizedTest
    @MethodSource("golden")
    void what_was_written_by_hand_is_told(GoldenMail mail) {
        var meta = parse(mail.octets());

        assertThat(MetaText.envelope(meta.envelope())).as(mail.name()).isEqualTo(mail.envelope());
        assertThat(MetaText.structure(meta.structure()))
                .as(mail.name())
                .isEqualTo(mail.bodyStructure());
    }

    @Test
    void a_seed_makes_one_message() {
        for (long s = seed; s < seed + 20; s++) {
            assertThat(SampleMail.realistic(s)).isEqualTo(SampleMail.realistic(s));
            assertThat(SampleMail.torturous(s)).isEqualTo(SampleMail.torturous(s));
        }
        assertThat(SampleMail.realistic(seed, 5 << 20)).hasSizeGreaterThan(5 << 20);
        assertThat(SampleMail.realistic(seed, 1 << 10)).hasSizeGreaterThan(1 << 10);
    }

    @Test
    void every_message_can_be_read_in_any_pieces_and_stored() {
        for (long s = seed; s < seed + ROUNDS; s++) {
            var octets = s % 2 == 0 ? SampleMail.torturous(s) : SampleMail.realistic(s);
            var lines = LineEnds.crlf(octets);
            var meta = parse(lines);

            assertThat(inPieces(lines, s)).as("seed %d", s).isEqualTo(meta);
            assertPlaces(meta.structure(), lines, "seed " + s);
            var stored = MetaCodec.encode(meta);
            assertThat(stored).as("seed %d", s).hasSizeLessThanOrEqualTo(MetaCodec.MAX_OCTETS);
            var read = MetaCodec.decode(stored);
            assertPlaces(read.structure(), lines, "stored, seed " + s);
            assertThat(MetaCodec.encode(read)).as("seed %d", s).isEqualTo(stored);
            parse(octets);
        }
    }

    @Test
    void random_octets_are_a_message() {
        var random = new Random(seed);
        var alphabet =
                "\r\n\r\n :-;=\"()<>@,/bBoundaryContent-Type: multipart/mixed; boundary=b\n--b";
        for (int round = 0; round < 2_000; round++) {
            var octets = new byte[random.nextInt(2_000)];
            for (int i = 0; i < octets.length; i++) {
                octets[i] =
                        (byte)
                                (random.nextInt(20) == 0
                                        ? random.nextInt(256)
                                        : alphabet.charAt(random.nextInt(alphabet.length())));
            }
            assertPlaces(parse(octets).structure(), octets, "seed " + seed + ", round " + round);
        }
    }

    /// Each of these took a quarter of a minute or more in a reader that looked ahead to the end
    /// from every character.
    @Test
    void what_opens_and_never_closes_is_read_in_one_pass() {
        for (var opening :
                List.of(
                        "<", "(", "\"\\", "@[", "a@b ", "G:", "a@b;G:", ";\"", ";a=\"\\", ";=\"",
                        "(a")) {
            var many = opening.repeat(120_000 / opening.length());
            for (var name : List.of("To", "Content-Type: text/plain; x", "Content-Disposition")) {
                var octets = (name + ": " + many + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII);

                assertTimeout(
                        Duration.ofSeconds(5), () -> parse(octets), () -> name + ": " + opening);
            }
        }
    }

    /// Parts lie within what holds them, one after the other, and their lines are those one counts.
    private static void assertPlaces(BodyPart part, byte[] octets, String what) {
        var place = part.place();
        assertThat(place.end()).as(what).isLessThanOrEqualTo(octets.length);
        switch (part) {
            case Leaf(_, _, long lines) -> assertLines(place, lines, octets, what);
            case Embedded(_, _, long lines, _, var message) -> {
                assertLines(place, lines, octets, what);
                assertInside(place, List.of(message), octets, what);
                assertThat(message.place().end()).as(what).isEqualTo(place.end());
            }
            case Multipart(_, _, var parts) -> assertInside(place, parts, octets, what);
        }
    }

    private static void assertInside(
            Place around, List<BodyPart> parts, byte[] octets, String what) {
        assertThat(parts).as(what).isNotEmpty();
        long end = around.body();
        for (var part : parts) {
            assertThat(part.place().header()).as(what).isGreaterThanOrEqualTo(end);
            end = part.place().end();
            assertPlaces(part, octets, what);
        }
        assertThat(end).as(what).isLessThanOrEqualTo(around.end());
    }

    private static void assertLines(Place place, long lines, byte[] octets, String what) {
        long counted = 0;
        for (int i = (int) place.body(); i < place.end(); i++) {
            counted += octets[i] == '\n' ? 1 : 0;
        }
        assertThat(lines).as(what).isEqualTo(counted);
    }

    private static MessageMeta parse(byte[] octets) {
        var parser = MessageParser.begin();
        parser.write(octets, 0, octets.length);
        return parser.finish();
    }

    private static MessageMeta inPieces(byte[] octets, long seed) {
        var random = new Random(seed);
        var parser = MessageParser.begin();
        int longest = random.nextInt(4) == 0 ? 3 : 1 + random.nextInt(5_000);
        var buffer = new byte[longest + 2];
        for (int from = 0; from < octets.length; ) {
            int length = Math.min(octets.length - from, 1 + random.nextInt(longest));
            Arrays.fill(buffer, (byte) '\n');
            System.arraycopy(octets, from, buffer, 1, length);
            parser.write(buffer, 1, length);
            from += length;
        }
        return parser.finish();
    }
}
