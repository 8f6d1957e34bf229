package org.postrider.storage.blob;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Bodies are deflated where it pays, come back as they came, whole and in ranges, and need no more
/// memory than they are given.
class CompressionTest {

    private static final int IN_MEMORY = 256 << 10;

    @TempDir Path directory;

    private final StagingMemory memory = new StagingMemory(2 << 20);

    @Test
    void whateverIsMixedComesBack() throws IOException {
        long seed = Long.getLong("compression.seed", System.nanoTime());
        System.out.printf("compression: seed %d%n", seed);
        var random = new Random(seed);
        int deflated = 0;
        try (var store = open()) {
            for (int i = 0; i < 60; i++) {
                var body = mixed(random, random.nextInt(800_000));
                var place = stored(store, body);
                deflated += place.codec() == BodyCodec.DEFLATE ? 1 : 0;
                assertThat(read(store, place, 0, body.length)).isEqualTo(body);
                for (int j = 0; j < 10; j++) {
                    int from = random.nextInt(body.length + 1);
                    int count = random.nextInt(body.length - from + 1);
                    assertThat(read(store, place, from, count))
                            .isEqualTo(Arrays.copyOfRange(body, from, from + count));
                }
            }
        }
        assertThat(deflated).isBetween(5, 55);
        assertThat(memory.used()).isZero();
    }

    @Test
    void textIsDeflatedAndAttachmentsAndSmallMailAreNot() throws IOException {
        try (var store = open()) {
            for (int size : new int[] {64 << 10, 1 << 20}) {
                var text = stored(store, text(new Random(1), size));
                assertThat(text.codec()).isEqualTo(BodyCodec.DEFLATE);
                assertThat(text.stored()).isLessThan(size / 2);
                assertThat(stored(store, base64(new Random(1), size)).codec())
                        .isEqualTo(BodyCodec.NONE);
            }
            assertThat(stored(store, text(new Random(1), 4096)).codec()).isEqualTo(BodyCodec.NONE);
        }
    }

    @Test
    void whereMemoryIsShortNothingIsDeflated() throws IOException {
        var little = new StagingMemory(1000);
        try (var store = open()) {
            var sink = new BodySink(store, little, IN_MEMORY);
            sink.write(text(new Random(1), 1 << 20), 0, 1 << 20);
            var place = sink.finish().place().orElseThrow();
            assertThat(place.codec()).isEqualTo(BodyCodec.NONE);
            assertThat(place.stored()).isEqualTo(1 << 20);
        }
        assertThat(little.used()).isZero();
    }

    @Test
    void anOctetThatTheDiskChangedIsNoticed() throws IOException {
        var body = text(new Random(1), 300_000);
        try (var store = open()) {
            var place = stored(store, body);
            var digest = BodyDigest.begin().digest(body);
            for (int at = 0; at < place.stored(); at += 997) {
                long position = place.offset() + SegmentFormat.RECORD_HEADER + at;
                flip(place, position);
                assertThat(store.verify(place, digest)).as("octet %d", at).isFalse();
                flip(place, position);
            }
            assertThat(store.verify(place, digest)).isTrue();
        }
    }

    private void flip(BodyPlace place, long position) throws IOException {
        var path = SegmentFormat.path(directory, place.pack());
        try (var file = new RandomAccessFile(path.toFile(), "rw")) {
            file.seek(position);
            int octet = file.read();
            file.seek(position);
            file.write(octet ^ 1);
        }
    }

    private SegmentBodies open() throws IOException {
        return SegmentBodies.open(directory, SegmentFiles.ofSystem(), 64 << 20);
    }

    private BodyPlace stored(SegmentBodies store, byte[] body) throws IOException {
        var sink = new BodySink(store, memory, IN_MEMORY);
        for (int at = 0; at < body.length; at += 16 << 10) {
            sink.write(body, at, Math.min(16 << 10, body.length - at));
        }
        var staged = sink.finish();
        store.persist(List.of(staged), List::of);
        staged.release(false);
        return staged.place().orElseThrow();
    }

    private static byte[] read(SegmentBodies store, BodyPlace place, long offset, long length)
            throws IOException {
        try (var octets = store.open(place, offset, length)) {
            return octets.readAllBytes();
        }
    }

    /// Stretches of text, base64 and noise.
    private static byte[] mixed(Random random, int size) {
        var all = new ByteArrayOutputStream();
        while (all.size() < size) {
            int stretch = 1 + random.nextInt(100_000);
            all.writeBytes(
                    switch (random.nextInt(3)) {
                        case 0 -> text(random, stretch);
                        case 1 -> base64(random, stretch);
                        default -> noise(random, stretch);
                    });
        }
        return Arrays.copyOf(all.toByteArray(), size);
    }

    private static byte[] text(Random random, int size) {
        var words = List.of("the", "mail", "of", "somebody", "and", "another", "was", "here");
        var text = new StringBuilder();
        while (text.length() < size) {
            text.append(words.get(random.nextInt(words.size()))).append(' ');
        }
        return text.substring(0, size).getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] base64(Random random, int size) {
        return Arrays.copyOf(Base64.getMimeEncoder().encode(noise(random, size)), size);
    }

    private static byte[] noise(Random random, int size) {
        var noise = new byte[size];
        random.nextBytes(noise);
        return noise;
    }
}
