package org.postrider.storage.jdbc;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.h2.store.fs.FileBase;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;
import org.postrider.storage.blob.SegmentFiles;

/// Sees every write and every force of H2 and of the segments, and knows which of the words
/// `ack-<number>-` that were written have been forced to the disk. A kill does not show a force
/// that is missing, since the operating system keeps what was written; this does.
final class ForceRecorder {

    private static final Pattern WORD = Pattern.compile("ack-(\\d+)-");

    /// A word may be cut by the end of a write.
    private static final int OVERLAP = 16;

    private final Map<String, Set<Integer>> waiting = new HashMap<>();
    private final Map<String, byte[]> tails = new HashMap<>();
    private final Set<Integer> inSegments = ConcurrentHashMap.newKeySet();
    private final Set<Integer> inDatabase = ConcurrentHashMap.newKeySet();
    private final AtomicInteger segmentForces = new AtomicInteger();

    boolean forcedInSegments(int word) {
        return inSegments.contains(word);
    }

    boolean forcedInDatabase(int word) {
        return inDatabase.contains(word);
    }

    /// How often any segment was forced.
    int segmentForces() {
        return segmentForces.get();
    }

    private synchronized void written(String file, ByteBuffer octets) {
        var before = tails.getOrDefault(file, new byte[0]);
        var all = new byte[before.length + octets.remaining()];
        System.arraycopy(before, 0, all, 0, before.length);
        octets.duplicate().get(all, before.length, octets.remaining());
        var words = WORD.matcher(new String(all, StandardCharsets.ISO_8859_1));
        while (words.find()) {
            waiting.computeIfAbsent(file, _ -> new HashSet<>())
                    .add(Integer.valueOf(words.group(1)));
        }
        int keep = Math.min(OVERLAP, all.length);
        tails.put(file, java.util.Arrays.copyOfRange(all, all.length - keep, all.length));
    }

    /// What is written now, before a force begins.
    private synchronized Set<Integer> forcing(String file) {
        var words = waiting.remove(file);
        return words == null ? Set.of() : words;
    }

    // ---- segments

    SegmentFiles segmentFiles() {
        var system = SegmentFiles.ofSystem();
        return path -> new RecordedSegment(path, system.create(path));
    }

    private final class RecordedSegment implements SegmentFiles.File {
        private final String name;
        private final SegmentFiles.File file;

        RecordedSegment(Path path, SegmentFiles.File file) {
            this.name = path.toString();
            this.file = file;
        }

        @Override
        public void write(long position, ByteBuffer octets) throws IOException {
            written(name, octets);
            file.write(position, octets);
        }

        @Override
        public void force() throws IOException {
            var words = forcing(name);
            file.force();
            segmentForces.incrementAndGet();
            inSegments.addAll(words);
        }

        @Override
        public void truncate(long size) throws IOException {
            file.truncate(size);
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }

    // ---- H2

    /// Puts the recorder under the files of H2 whose names begin with `recorded:`.
    void install() {
        RecordedPath.recorder = this;
        FilePath.register(new RecordedPath());
    }

    /// H2 makes its own copies of this, so the recorder is where all of them find it.
    public static final class RecordedPath extends FilePathWrapper {
        private static volatile ForceRecorder recorder = new ForceRecorder();

        @Override
        public String getScheme() {
            return "recorded";
        }

        @Override
        public FileChannel open(String mode) throws IOException {
            return new RecordedFile(recorder, name, super.open(mode));
        }
    }

    private static final class RecordedFile extends FileBase {
        private final ForceRecorder recorder;
        private final String name;
        private final FileChannel file;

        RecordedFile(ForceRecorder recorder, String name, FileChannel file) {
            this.recorder = recorder;
            this.name = name;
            this.file = file;
        }

        @Override
        public int write(ByteBuffer octets) throws IOException {
            recorder.written(name, octets);
            return file.write(octets);
        }

        @Override
        public synchronized int write(ByteBuffer octets, long position) throws IOException {
            recorder.written(name, octets);
            return file.write(octets, position);
        }

        @Override
        public void force(boolean metaData) throws IOException {
            var words = recorder.forcing(name);
            file.force(metaData);
            recorder.inDatabase.addAll(words);
        }

        @Override
        public int read(ByteBuffer into) throws IOException {
            return file.read(into);
        }

        @Override
        public synchronized int read(ByteBuffer into, long position) throws IOException {
            return file.read(into, position);
        }

        @Override
        public long position() throws IOException {
            return file.position();
        }

        @Override
        public FileChannel position(long position) throws IOException {
            file.position(position);
            return this;
        }

        @Override
        public long size() throws IOException {
            return file.size();
        }

        @Override
        public FileChannel truncate(long size) throws IOException {
            file.truncate(size);
            return this;
        }

        @Override
        public synchronized FileLock tryLock(long position, long size, boolean shared)
                throws IOException {
            return file.tryLock(position, size, shared);
        }

        @Override
        protected void implCloseChannel() throws IOException {
            file.close();
        }
    }
}
