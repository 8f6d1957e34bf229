package org.postrider.storage.jdbc;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import org.h2.store.fs.FileBase;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;
import org.jspecify.annotations.Nullable;
import org.postrider.storage.blob.SegmentFiles;
import org.postrider.storage.jdbc.journal.JournaledPath;

/// A disk under H2 and under the segments that keeps for sure only what was forced. What was
/// written since may be on it or not, in any order, torn at any sector ([#cut]); so may the name of
/// a file whose directory was not forced.
///
/// Forces are not passed on to the operating system, so a test is quick.
final class ForgetfulDisk implements AutoCloseable {

    private static final String SCHEME = "forgetful";
    private static final Map<String, ForgetfulDisk> DISKS = new ConcurrentHashMap<>();

    /// Something that was not forced yet; `at` numbers them over all files.
    private sealed interface Unforced {
        long at();

        record Write(long at, long position, byte[] octets) implements Unforced {}

        record Truncate(long at, long size) implements Unforced {}
    }

    /// What a file holds for sure, and what it may.
    private static final class Kept {
        private boolean named;
        private boolean removed;
        private Image durable = new Image(new byte[0], 0);
        private final List<Unforced> unforced = new ArrayList<>();
    }

    private final Path root;
    private final Map<String, Kept> files = new TreeMap<>();
    private long events;
    private @Nullable Runnable watcher;
    private @Nullable IOException broken;

    /// A disk with what lies in a directory now, all of it forced.
    ForgetfulDisk(Path root) throws IOException {
        this.root = root.toAbsolutePath();
        Files.createDirectories(root);
        try (var found = Files.walk(this.root)) {
            for (var path : found.filter(Files::isRegularFile).toList()) {
                var kept = new Kept();
                kept.named = true;
                var octets = Files.readAllBytes(path);
                kept.durable = new Image(octets, octets.length);
                files.put(path.toString(), kept);
            }
        }
        DISKS.put(this.root.toString(), this);
        FilePath.register(new ForgetfulPath());
    }

    @Override
    public void close() {
        DISKS.remove(root.toString());
    }

    /// The JDBC URL of a database on this disk.
    String url() {
        return JournaledPath.url("jdbc:h2:file:" + SCHEME + ":" + root.resolve("postrider"));
    }

    /// Is called after each write and each force, before anything else happens.
    synchronized void watch(@Nullable Runnable eachEvent) {
        watcher = eachEvent;
    }

    /// The next force fails, and what it should have forced is lost; those after it succeed.
    synchronized void breakForce(IOException with) {
        broken = with;
    }

    // ---- what happens to files

    private synchronized Kept kept(String name) {
        return files.computeIfAbsent(name, _ -> new Kept());
    }

    private synchronized void created(String name) {
        kept(name);
        event();
    }

    private synchronized void named(String name) {
        kept(name).named = true;
        event();
    }

    private synchronized void removed(String name) {
        kept(name).removed = true;
        event();
    }

    private synchronized void written(String name, long position, ByteBuffer octets) {
        var copy = new byte[octets.remaining()];
        octets.duplicate().get(copy);
        kept(name).unforced.add(new Unforced.Write(events, position, copy));
        event();
    }

    private synchronized void truncated(String name, long size) {
        kept(name).unforced.add(new Unforced.Truncate(events, size));
        event();
    }

    private synchronized void forced(String name) throws IOException {
        if (broken != null) {
            var failure = broken;
            broken = null;
            kept(name).unforced.clear();
            throw failure;
        }
        if (name.equals(root.toString())) {
            nameAll();
            return;
        }
        var kept = kept(name);
        kept.unforced.forEach(each -> apply(kept.durable, each));
        kept.unforced.clear();
        event();
    }

    /// The names in the top directory are forced.
    private void nameAll() {
        for (var each : files.entrySet()) {
            if (root.equals(Path.of(each.getKey()).getParent())) {
                each.getValue().named = true;
            }
        }
        files.values().removeIf(kept -> kept.removed);
        event();
    }

    private void event() {
        events++;
        if (watcher != null) {
            watcher.run();
        }
    }

    // ---- the cut

    /// What became of the writes that were not forced.
    enum Loss {
        /// They are all gone.
        ALL,
        /// They are all there, as after the end of the process alone.
        NONE,
        /// Those up to some moment are there, the last of them in part.
        TAIL,
        /// Those from some moment on are there, and not those before.
        HEAD,
        /// Each is there or not.
        SOME,
        /// Of each there are some sectors.
        SECTORS,
        /// Of each there are some pages of 4 KB.
        PAGES
    }

    /// Writes into another directory what this disk may hold if the power goes now.
    synchronized void cut(RandomGenerator random, Loss loss, Path into) throws IOException {
        Files.createDirectories(into);
        copyOthers(into);
        long moment = events == 0 ? 0 : moment(random);
        double share = new double[] {0.1, 0.5, 0.9}[random.nextInt(3)];
        for (var each : files.entrySet()) {
            var kept = each.getValue();
            boolean there =
                    switch (loss) {
                        case ALL -> kept.named;
                        case NONE -> !kept.removed;
                        default -> (kept.named || random.nextBoolean()) && !gone(kept, random);
                    };
            if (there) {
                var image = kept.durable.copy();
                for (var unforced : kept.unforced) {
                    keep(image, unforced, loss, moment, share, random);
                }
                var file = into.resolve(root.relativize(Path.of(each.getKey())));
                Files.createDirectories(file.resolveSibling("."));
                Files.write(file, Arrays.copyOf(image.octets, image.length));
            }
        }
    }

    /// What others wrote beside us was forced by them.
    private void copyOthers(Path into) throws IOException {
        try (var found = Files.walk(root)) {
            for (var path : found.filter(Files::isRegularFile).toList()) {
                if (!files.containsKey(path.toString())) {
                    var target = into.resolve(root.relativize(path));
                    Files.createDirectories(target.resolveSibling("."));
                    Files.copy(path, target);
                }
            }
        }
    }

    private static boolean gone(Kept kept, RandomGenerator random) {
        return kept.removed && random.nextBoolean();
    }

    /// When one of the unforced writes was made.
    private long moment(RandomGenerator random) {
        var moments =
                files.values().stream()
                        .flatMap(kept -> kept.unforced.stream())
                        .mapToLong(Unforced::at)
                        .sorted()
                        .toArray();
        return moments.length == 0 ? 0 : moments[random.nextInt(moments.length)];
    }

    private static void keep(
            Image image,
            Unforced unforced,
            Loss loss,
            long moment,
            double share,
            RandomGenerator random) {
        switch (loss) {
            case ALL -> {}
            case NONE -> apply(image, unforced);
            case TAIL -> {
                if (unforced.at() < moment) {
                    apply(image, unforced);
                } else if (unforced.at() == moment
                        && unforced instanceof Unforced.Write(_, var position, var octets)) {
                    int torn = random.nextInt(octets.length + 1) / 512 * 512;
                    image.write(position, octets, 0, torn);
                }
            }
            case HEAD -> {
                if (unforced.at() > moment) {
                    apply(image, unforced);
                }
            }
            case SOME -> {
                if (random.nextDouble() < share) {
                    apply(image, unforced);
                }
            }
            case SECTORS -> pieces(image, unforced, 512, share, random);
            case PAGES -> pieces(image, unforced, 4096, share, random);
        }
    }

    private static void pieces(
            Image image, Unforced unforced, int unit, double share, RandomGenerator random) {
        switch (unforced) {
            case Unforced.Truncate _ -> {
                if (random.nextDouble() < share) {
                    apply(image, unforced);
                }
            }
            case Unforced.Write(_, var position, var octets) -> {
                int from = 0;
                while (from < octets.length) {
                    int to = (int) Math.min(octets.length, from + unit - (position + from) % unit);
                    if (random.nextDouble() < share) {
                        image.write(position, octets, from, to);
                    }
                    from = to;
                }
            }
        }
    }

    private static void apply(Image image, Unforced unforced) {
        switch (unforced) {
            case Unforced.Write(_, var position, var octets) ->
                    image.write(position, octets, 0, octets.length);
            case Unforced.Truncate(_, var size) -> image.truncate(size);
        }
    }

    /// The octets of a file.
    private static final class Image {
        private byte[] octets;
        private int length;

        Image(byte[] octets, int length) {
            this.octets = octets;
            this.length = length;
        }

        Image copy() {
            return new Image(octets.clone(), length);
        }

        void write(long position, byte[] from, int start, int end) {
            int at = Math.toIntExact(position);
            int last = at + end;
            if (end <= start) {
                return;
            }
            if (last > octets.length) {
                octets = Arrays.copyOf(octets, Math.max(last, octets.length * 3 / 2));
            }
            System.arraycopy(from, start, octets, at + start, end - start);
            length = Math.max(length, last);
        }

        void truncate(long size) {
            if (size < length) {
                Arrays.fill(octets, (int) size, length, (byte) 0);
                length = (int) size;
            }
        }
    }

    // ---- segments

    SegmentFiles segmentFiles() {
        return path -> {
            var name = path.toAbsolutePath().toString();
            var file = new java.io.RandomAccessFile(name, "rw");
            created(name);
            named(name);
            return new Segment(name, new SegmentFiles.SystemFile(file));
        };
    }

    private final class Segment implements SegmentFiles.File {
        private final String name;
        private final SegmentFiles.File file;

        Segment(String name, SegmentFiles.File file) {
            this.name = name;
            this.file = file;
        }

        @Override
        public void write(long position, ByteBuffer octets) throws IOException {
            var recorded = octets.duplicate();
            file.write(position, octets);
            written(name, position, recorded);
        }

        @Override
        public void force() throws IOException {
            forced(name);
        }

        @Override
        public void truncate(long size) throws IOException {
            file.truncate(size);
            truncated(name, size);
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }

    // ---- H2

    private static ForgetfulDisk of(String name) {
        return DISKS.entrySet().stream()
                .filter(each -> (name + "/").startsWith(each.getKey() + "/"))
                .map(Map.Entry::getValue)
                .findAny()
                .orElseThrow(() -> new IllegalStateException("no disk for " + name));
    }

    /// H2 makes its own copies of this, so each finds its disk by the file's name.
    public static final class ForgetfulPath extends FilePathWrapper {
        @Override
        public String getScheme() {
            return SCHEME;
        }

        private String path() {
            return unwrap().toString();
        }

        @Override
        public FileChannel open(String mode) throws IOException {
            var disk = of(path());
            if (isDirectory()) {
                return new H2File(disk, path(), super.open(mode));
            }
            if (!exists()) {
                var file = super.open(mode);
                disk.created(path());
                return new H2File(disk, path(), file);
            }
            return new H2File(disk, path(), super.open(mode));
        }

        @Override
        public boolean createFile() {
            boolean created = super.createFile();
            if (created) {
                of(path()).created(path());
            }
            return created;
        }

        @Override
        public void delete() {
            super.delete();
            of(path()).removed(path());
        }

        @Override
        public void moveTo(FilePath target, boolean atomic) {
            throw new UnsupportedOperationException("H2 renames " + path() + " to " + target);
        }
    }

    private static final class H2File extends FileBase {
        private final ForgetfulDisk disk;
        private final String name;
        private final FileChannel file;

        H2File(ForgetfulDisk disk, String name, FileChannel file) {
            this.disk = disk;
            this.name = name;
            this.file = file;
        }

        @Override
        public int write(ByteBuffer octets) throws IOException {
            long position = file.position();
            var recorded = octets.duplicate();
            int count = file.write(octets);
            disk.written(name, position, recorded);
            return count;
        }

        @Override
        public synchronized int write(ByteBuffer octets, long position) throws IOException {
            var recorded = octets.duplicate();
            int count = file.write(octets, position);
            disk.written(name, position, recorded);
            return count;
        }

        @Override
        public void force(boolean metaData) throws IOException {
            disk.forced(name);
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
            disk.truncated(name, size);
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
