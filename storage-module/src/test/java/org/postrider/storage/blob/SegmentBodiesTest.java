package org.postrider.storage.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Bodies in segments: what is written is read, what is damaged is noticed, and a disk that fails
/// once is not trusted again.
class SegmentBodiesTest {

    private static final int SEGMENT = 64 << 10;
    private static final int IN_MEMORY = 8 << 10;

    @TempDir Path directory;

    private final StagingMemory memory = new StagingMemory(1 << 20);

    @Test
    void bodiesOfEverySizeComeBack() throws IOException {
        long seed = System.nanoTime();
        System.out.printf("segments: seed %d%n", seed);
        var random = new Random(seed);
        var bodies = new ArrayList<byte[]>();
        var places = new ArrayList<BodyPlace>();
        var digests = new ArrayList<byte[]>();
        try (var store = open(SegmentFiles.ofSystem())) {
            for (int i = 0; i < 100; i++) {
                var body = octets(random, random.nextInt(3 * IN_MEMORY));
                var staged = staged(store, body, random);
                persist(store, staged);
                bodies.add(body);
                places.add(staged.place().orElseThrow());
                digests.add(staged.digest());
                staged.release(false);
            }
        }
        assertThat(memory.used()).isZero();
        try (var store = open(SegmentFiles.ofSystem())) {
            for (int i = 0; i < bodies.size(); i++) {
                var body = bodies.get(i);
                assertThat(store.verify(places.get(i), digests.get(i))).isTrue();
                assertThat(read(store, places.get(i), 0, body.length)).isEqualTo(body);
                int from = random.nextInt(body.length + 1);
                int count = random.nextInt(body.length - from + 1);
                assertThat(read(store, places.get(i), from, count))
                        .isEqualTo(java.util.Arrays.copyOfRange(body, from, from + count));
            }
            assertThat(files()).hasSizeGreaterThan(5);
        }
    }

    @Test
    void aChangedOctetIsNoticed() throws IOException {
        try (var store = open(SegmentFiles.ofSystem())) {
            var staged = staged(store, new byte[1000], new Random(1));
            persist(store, staged);
            var place = staged.place().orElseThrow();
            try (var file = new RandomAccessFile(files().getFirst().toFile(), "rw")) {
                file.seek(place.offset() + SegmentFormat.RECORD_HEADER + 500);
                file.write(1);
            }
            assertThat(store.verify(place, staged.digest())).isFalse();
            assertThatThrownBy(() -> read(store, place, 0, 1000)).isInstanceOf(DamagedBody.class);
            var elsewhere = BodyPlace.plain(place.pack(), place.offset() + 1, 1000);
            assertThatThrownBy(() -> read(store, elsewhere, 0, 10)).isInstanceOf(DamagedBody.class);
        }
    }

    @Test
    void anAbandonedLargeBodyLeavesNothing() throws IOException {
        try (var store = open(SegmentFiles.ofSystem())) {
            var kept = staged(store, new byte[2 * IN_MEMORY], new Random(1));
            long size = Files.size(files().getFirst());
            staged(store, new byte[3 * IN_MEMORY], new Random(1)).release(true);
            var sink = new BodySink(store, memory, IN_MEMORY);
            sink.write(new byte[2 * IN_MEMORY], 0, 2 * IN_MEMORY);
            sink.discard();
            var after = staged(store, new byte[2 * IN_MEMORY], new Random(1));
            assertThat(store.verify(kept.place().orElseThrow(), kept.digest())).isTrue();
            assertThat(store.verify(after.place().orElseThrow(), after.digest())).isTrue();
            assertThat(after.place().orElseThrow().offset()).isLessThan(4L * size);
        }
        assertThat(memory.used()).isZero();
    }

    @Test
    void whenMemoryIsShortMessagesGoToDiskEarlier() throws IOException {
        var little = new StagingMemory(IN_MEMORY);
        try (var store = open(SegmentFiles.ofSystem())) {
            var first = new BodySink(store, little, IN_MEMORY);
            first.write(new byte[100], 0, 100);
            var second = new BodySink(store, little, IN_MEMORY);
            second.write(new byte[100], 0, 100);
            assertThat(second.finish().place()).isPresent();
            var staged = first.finish();
            assertThat(staged.place()).isEmpty();
            staged.release(false);
            assertThat(little.used()).isZero();
        }
    }

    @Test
    void afterAFailedForceNothingIsAccepted() throws IOException {
        var failing = new FailingFiles();
        try (var store = open(failing)) {
            var first = staged(store, new byte[100], new Random(1));
            persist(store, first);
            failing.fail = true;
            var second = staged(store, new byte[100], new Random(1));
            assertThatThrownBy(() -> persist(store, second)).hasRootCauseMessage("I/O error");
            failing.fail = false;
            var third = staged(store, new byte[100], new Random(1));
            assertThatThrownBy(() -> persist(store, third)).hasMessageContaining("failed before");
            assertThatThrownBy(() -> store.spill(RecordType.BODY))
                    .hasMessageContaining("failed before");
            assertThat(store.verify(first.place().orElseThrow(), first.digest())).isTrue();
        }
    }

    /// The files of the system, whose force fails on demand.
    private static final class FailingFiles implements SegmentFiles {
        private boolean fail;

        @Override
        public File create(Path path) throws IOException {
            var file = SegmentFiles.ofSystem().create(path);
            return new File() {
                @Override
                public void write(long position, ByteBuffer octets) throws IOException {
                    file.write(position, octets);
                }

                @Override
                public void force() throws IOException {
                    if (fail) {
                        throw new IOException("I/O error");
                    }
                    file.force();
                }

                @Override
                public void truncate(long size) throws IOException {
                    file.truncate(size);
                }

                @Override
                public void close() throws IOException {
                    file.close();
                }
            };
        }
    }

    private SegmentBodies open(SegmentFiles files) throws IOException {
        return SegmentBodies.open(directory, files, SEGMENT);
    }

    private static void persist(SegmentBodies store, StagedBody body) throws IOException {
        store.persist(List.of(body), List::of);
    }

    private StagedBody staged(SegmentBodies store, byte[] body, Random random) throws IOException {
        var sink = new BodySink(store, memory, IN_MEMORY);
        for (int at = 0; at < body.length; ) {
            int count = Math.min(body.length - at, 1 + random.nextInt(3000));
            sink.write(body, at, count);
            at += count;
        }
        return sink.finish();
    }

    private static byte[] octets(Random random, int length) {
        var octets = new byte[length];
        random.nextBytes(octets);
        return octets;
    }

    private static byte[] read(SegmentBodies store, BodyPlace place, long offset, long length)
            throws IOException {
        try (var octets = store.open(place, offset, length)) {
            return octets.readAllBytes();
        }
    }

    private List<Path> files() throws IOException {
        try (var files = Files.list(directory)) {
            return files.sorted().toList();
        }
    }
}
