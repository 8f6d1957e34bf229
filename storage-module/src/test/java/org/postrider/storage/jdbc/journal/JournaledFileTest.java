package org.postrider.storage.jdbc.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.h2.store.fs.FilePath;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A file with a journal reads as it was written, and after a crash is what it was at the last
/// force or at a later moment, whatever became of the file and of the journal's last batch.
class JournaledFileTest {

    private static final int ROUNDS = 60;
    private static final int MOST = 300_000;

    @TempDir Path directory;

    @Test
    void aFileReadsAsItWasWrittenAndIsCompleteAtItsEnd() throws Exception {
        long seed = System.nanoTime();
        var random = new SplittableRandom(seed);
        var model = new byte[0];
        var path = directory.resolve("x.mv.db");
        for (int start = 0; start < 3; start++) {
            try (var file = open(path)) {
                for (int round = 0; round < ROUNDS; round++) {
                    model = change(file, model, random);
                    assertThat(read(file)).as("seed %d", seed).isEqualTo(model);
                }
            }
            assertThat(Files.readAllBytes(path)).as("seed %d", seed).isEqualTo(model);
        }
    }

    @Test
    void aCrashLeavesWhatWasForced() throws Exception {
        long seed = System.nanoTime();
        var random = new SplittableRandom(seed);
        var path = directory.resolve("x.mv.db");
        var model = new byte[0];
        var before = model;
        try (var file = open(path)) {
            for (int round = 0; round < ROUNDS; round++) {
                before = random.nextInt(4) == 0 ? Files.readAllBytes(path) : before;
                model = change(file, model, random);
                file.force(true);
                var forced = model;
                model = change(file, model, random);
                var after = crash(path, before, random);
                try (var again = open(after)) {
                    var found = read(again);
                    assertThat(begins(found, forced) || Arrays.equals(found, model))
                            .as("seed %d, round %d", seed, round)
                            .isTrue();
                }
            }
        }
    }

    @Test
    void aBatchThatIsTornIsNone() throws Exception {
        var path = directory.resolve("x.mv.db");
        var crashed = directory.resolve("y.mv.db");
        try (var file = open(path)) {
            write(file, 0, "one");
            file.force(true);
            write(file, 0, "two");
            file.force(true);
            Files.copy(journal(path), journal(crashed));
        }
        try (var journal = Files.newByteChannel(journal(crashed), StandardOpenOption.WRITE)) {
            journal.position(3 * 4096 + 34); // in what the second batch writes
            journal.write(ByteBuffer.wrap(new byte[] {1}));
        }
        try (var file = open(crashed)) {
            assertThat(new String(read(file), StandardCharsets.US_ASCII)).isEqualTo("one");
        }
    }

    @Test
    void roomTakenBeforeTheFirstForceIsNoFile() throws Exception {
        var path = directory.resolve("x.mv.db");
        var crashed = directory.resolve("y.mv.db");
        try (var file = open(path)) {
            write(file, 100_000, "never forced");
            Files.copy(path, crashed);
            Files.copy(journal(path), journal(crashed));
        }
        assertThat(Files.size(crashed)).isPositive();
        try (var file = open(crashed)) {
            assertThat(file.size()).isZero();
        }
    }

    @Test
    void aFileFromBeforeTheJournalIsKept() throws Exception {
        var path = directory.resolve("x.mv.db");
        Files.writeString(path, "\0".repeat(8192) + "old");
        try (var file = open(path)) {
            assertThat(file.size()).isEqualTo(8195);
        }
        try (var file = open(path)) {
            assertThat(file.size()).isEqualTo(8195);
        }
    }

    /// Of what was written into the file, some sectors are there: the journal must have it all.
    private Path crash(Path path, byte[] before, SplittableRandom random) throws IOException {
        var copy = directory.resolve("crashed.mv.db");
        Files.copy(journal(path), journal(copy), StandardCopyOption.REPLACE_EXISTING);
        var octets = Files.readAllBytes(path);
        var mixed = Arrays.copyOf(before, Math.max(before.length, octets.length));
        for (int at = 0; at < octets.length; at += 512) {
            if (random.nextBoolean()) {
                System.arraycopy(octets, at, mixed, at, Math.min(512, octets.length - at));
            }
        }
        Files.write(copy, mixed);
        return copy;
    }

    /// Whether this is that, and room behind it.
    private static boolean begins(byte[] found, byte[] wanted) {
        return found.length >= wanted.length
                && Arrays.equals(found, Arrays.copyOf(wanted, found.length));
    }

    @Test
    void aFileThatIsCopiedStandsStillAndFollows() throws Exception {
        var random = new SplittableRandom(1);
        var path = directory.resolve("x.mv.db");
        var copy = directory.resolve("copy");
        var model = new byte[0];
        try (var file = open(path)) {
            for (int round = 0; round < ROUNDS; round++) {
                model = change(file, model, random);
            }
            var then = model;
            try (var snapshot = JournaledPath.snapshot(path)) {
                for (int round = 0; round < ROUNDS; round++) {
                    model = change(file, model, random);
                    file.force(true);
                    assertThat(read(file)).isEqualTo(model);
                }
                try (var target = files().create(copy)) {
                    snapshot.copyTo(target);
                }
            }
            assertThat(Files.readAllBytes(copy)).isEqualTo(then);
            assertThat(Files.readAllBytes(path)).isEqualTo(model);
            for (int round = 0; round < ROUNDS; round++) {
                model = change(file, model, random);
                assertThat(read(file)).isEqualTo(model);
            }
        }
        assertThat(Files.readAllBytes(path)).isEqualTo(model);
    }

    private static byte[] change(FileChannel file, byte[] model, SplittableRandom random)
            throws IOException {
        if (random.nextInt(8) == 0) {
            int size = random.nextInt(model.length + 1);
            file.truncate(size);
            return Arrays.copyOf(model, size);
        }
        int at = random.nextInt(MOST);
        var octets = new byte[1 + random.nextInt(20_000)];
        random.nextBytes(octets);
        var after = Arrays.copyOf(model, Math.max(model.length, at + octets.length));
        System.arraycopy(octets, 0, after, at, octets.length);
        file.write(ByteBuffer.wrap(octets), at);
        return after;
    }

    private static void write(FileChannel file, long at, String text) throws IOException {
        file.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)), at);
    }

    private static byte[] read(FileChannel file) throws IOException {
        var octets = ByteBuffer.allocate((int) file.size());
        while (octets.hasRemaining() && file.read(octets, octets.position()) > 0) {}
        return octets.array();
    }

    private static Path journal(Path path) {
        return path.resolveSibling(path.getFileName() + ".journal");
    }

    private static DatabaseFiles files() {
        return DatabaseFiles.of("jdbc:h2:file:x");
    }

    private static FileChannel open(Path path) throws IOException {
        JournaledPath.url("jdbc:h2:file:x");
        var file = FilePath.get("journaled:" + path).open("rw");
        assertThat(file.tryLock()).isNotNull();
        return file;
    }
}
