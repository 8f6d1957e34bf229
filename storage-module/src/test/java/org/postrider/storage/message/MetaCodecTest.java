package org.postrider.storage.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.postrider.storage.message.BodyPart.Embedded;
import org.postrider.storage.message.BodyPart.Leaf;
import org.postrider.storage.message.BodyPart.Multipart;
import org.postrider.storage.message.BodyPart.Place;
import org.postrider.storage.message.Envelope.Address;

class MetaCodecTest {

    private static final MessageMeta META =
            MessageParserTest.parse(
                    """
                    From: A <a@b.example>
                    Sender: c@d.example
                    To: G: x@y.example;
                    Subject: caf\u00e9
                    Content-Type: multipart/mixed; boundary=x

                    --x
                    Content-Disposition: attachment; filename="a"
                    Content-Language: en, de

                    one
                    --x
                    Content-Type: message/rfc822

                    Subject: inner

                    two
                    --x--
                    """);

    @Test
    void what_is_decoded_is_what_was_encoded() {
        assertThat(MetaCodec.decode(MetaCodec.encode(META))).isEqualTo(META);
    }

    @Test
    void a_part_is_read_without_the_others() {
        for (var preview : List.of("", "Gr\u00fc\u00dfe")) {
            var meta =
                    new MessageMeta(
                            META.envelope(), META.structure(), META.fields(), true, preview);
            var bytes = MetaCodec.encode(meta);
            assertThat(CodedMeta.of(bytes).structure()).isEqualTo(META.structure());
            assertThat(CodedMeta.of(bytes).envelope()).isEqualTo(META.envelope());
            assertThat(CodedMeta.of(bytes).fields()).isEqualTo(META.fields());
            assertThat(CodedMeta.of(bytes).fields("SUBJECT"))
                    .extracting(HeaderField::name)
                    .containsExactly("Subject");
            assertThat(CodedMeta.of(bytes).fields("cc")).isEmpty();
            assertThat(CodedMeta.of(bytes).preview()).contains(preview);
            assertThat(CodedMeta.of(bytes).covers("Cc")).isTrue();
        }
    }

    @Test
    void damaged_bytes_are_one_clear_exception_or_another_meta() {
        var good = MetaCodec.encode(META);
        long seed = System.nanoTime();
        var random = new Random(seed);
        int refused = 0;
        for (int round = 0; round < 20_000; round++) {
            var bad =
                    Arrays.copyOf(
                            good,
                            random.nextInt(10) == 0 ? random.nextInt(good.length) : good.length);
            for (int i = 0; i < 1 + random.nextInt(3) && bad.length > 0; i++) {
                bad[random.nextInt(bad.length)] = (byte) random.nextInt(256);
            }
            try {
                MetaCodec.decode(bad);
            } catch (CorruptMeta e) {
                refused++;
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + seed + ", round " + round, e);
            }
        }
        assertThat(refused).as("seed %d", seed).isPositive();
        assertThatThrownBy(() -> MetaCodec.decode(new byte[0])).isInstanceOf(CorruptMeta.class);
        assertThatThrownBy(() -> MetaCodec.decode(new byte[] {9, 1, 1}))
                .isInstanceOf(CorruptMeta.class)
                .hasMessageContaining("newer");
    }

    @Test
    void too_many_kept_fields_lose_the_largest_first() {
        var fields =
                List.of(
                        new HeaderField("Subject", "Subject: x\r\n"),
                        new HeaderField("To", "To: " + "a@b, ".repeat(10_000) + "\r\n"),
                        new HeaderField(
                                "References", "References: " + "x".repeat(30_000) + "\r\n"));
        var meta = new MessageMeta(META.envelope(), META.structure(), fields, true, "");

        var stored = MetaCodec.decode(roomy(MetaCodec.encode(meta)));

        assertThat(stored.fields())
                .extracting(HeaderField::name)
                .containsExactly("Subject", "References");
        assertThat(stored.fieldsComplete()).isFalse();
        assertThat(stored.structure()).isEqualTo(META.structure());
        assertThat(stored.envelope()).isEqualTo(META.envelope());
    }

    @Test
    void a_structure_too_large_loses_its_last_parts() {
        var parts = new ArrayList<BodyPart>();
        for (int i = 0; i < 2_000; i++) {
            parts.add(
                    new Leaf(
                            EntityHeader.plainText("part number " + i + " " + "x".repeat(100)),
                            new Place(i * 100L, i * 100L + 50, i * 100L + 90),
                            3));
        }
        var description = META.structure().description();
        var whole = new Multipart(description, new Place(0, 0, 200_000), parts);
        var meta = new MessageMeta(META.envelope(), whole, META.fields(), true, "");

        var stored = MetaCodec.decode(roomy(MetaCodec.encode(meta)));

        assertThat(stored.envelope()).isEqualTo(META.envelope());
        assertThat(stored.structure()).isInstanceOf(Multipart.class);
        var kept = ((Multipart) stored.structure()).parts();
        assertThat(kept).hasSizeGreaterThan(300).hasSizeLessThan(2_000);
        assertThat(parts).startsWith(kept.toArray(BodyPart[]::new));
    }

    @Test
    void an_envelope_too_large_loses_the_ends_of_its_lists() {
        var many = new ArrayList<Address>();
        for (int i = 0; i < 4_000; i++) {
            many.add(new Address("Name " + i, null, "mailbox" + i, "host.example"));
        }
        var envelope =
                new Envelope(
                        "d",
                        "s",
                        many,
                        many,
                        many,
                        many,
                        many,
                        List.of(),
                        null,
                        "x".repeat(90_000));
        var inner =
                new Embedded(
                        META.structure().description(),
                        new Place(0, 9, 99),
                        3,
                        envelope,
                        META.structure());
        var meta = new MessageMeta(envelope, inner, META.fields(), true, "");

        var stored = MetaCodec.decode(roomy(MetaCodec.encode(meta)));

        assertThat(stored.envelope().to()).hasSizeGreaterThan(200);
        assertThat(many).startsWith(stored.envelope().to().toArray(Address[]::new));
        assertThat(stored.envelope().subject()).isEqualTo("s");
    }

    @Test
    void a_group_that_is_cut_still_ends() {
        var many = new ArrayList<Address>();
        many.add(new Address(null, null, "Group", null));
        for (int i = 0; i < 9_000; i++) {
            many.add(new Address(null, null, "mailbox" + i, "host" + i + ".example"));
        }
        many.add(new Address(null, null, null, null));
        var envelope =
                new Envelope(
                        null, null, List.of(), List.of(), List.of(), many, List.of(), List.of(),
                        null, null);
        var meta = new MessageMeta(envelope, META.structure(), List.of(), true, "");

        var stored = MetaCodec.decode(roomy(MetaCodec.encode(meta)));

        assertThat(stored.envelope().to()).hasSizeGreaterThan(500);
        assertThat(stored.envelope().to().getLast()).isEqualTo(new Address(null, null, null, null));
    }

    private static byte[] roomy(byte[] encoded) {
        assertThat(encoded).hasSizeLessThanOrEqualTo(MetaCodec.MAX_OCTETS);
        return encoded;
    }
}
