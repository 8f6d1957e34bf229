package org.postrider.storage.jdbc;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postrider.storage.blob.SegmentFiles;
import org.postrider.storage.jdbc.journal.JournaledPath;

/// A disk under H2 and under the segments that keeps for sure only what was forced. What was
/// written since may be on it or not, in any order, torn at any sector ([#cut]); so may the names
/// of files that were made, renamed or deleted since their directory was forced.
///
/// Forces are not passed on to the operating system, so a test is quick.
final class ForgetfulDisk implements AutoCloseable {

    private static final Map<String, ForgetfulDisk> DISKS = new ConcurrentHashMap<>();

    /// A name whose directory was not forced since it changed; `at` as of writes.
    private sealed interface Naming {
        long at();

        String name();

        void apply(Map<String, ForgetfulFile> names);

        record Made(long at, String name, ForgetfulFile file) implements Naming {
            @Override
            public void apply(Map<String, ForgetfulFile> names) {
                names.put(name, file);
            }
        }

        record Deleted(long at, String name) implements Naming {
            @Override
            public void apply(Map<String, ForgetfulFile> names) {
                names.remove(name);
            }
        }

        record Renamed(long at, String from, String name, ForgetfulFile file) implements Naming {
            @Override
            public void apply(Map<String, ForgetfulFile> names) {
                names.remove(from, file);
                names.put(name, file);
            }
        }
    }

    private final Path root;
    private final Map<String, ForgetfulFile> names = new TreeMap<>();
    private final Map<String, ForgetfulFile> forcedNames = new TreeMap<>();
    private final List<Naming> namings = new ArrayList<>();
    private long events;
    private @Nullable Runnable watcher;
    private @Nullable IOException broken;

    /// A disk with what lies in a directory now, all of it forced.
    ForgetfulDisk(Path root) throws IOException {
        this.root = root.toAbsolutePath();
        Files.createDirectories(root);
        try (var found = Files.walk(this.root)) {
            for (var path : found.filter(Files::isRegularFile).toList()) {
                names.put(path.toString(), new ForgetfulFile(Files.readAllBytes(path)));
            }
        }
        forcedNames.putAll(names);
        DISKS.put(this.root.toString(), this);
        ForgetfulPath.register();
    }

    @Override
    public void close() {
        DISKS.remove(root.toString());
    }

    /// The disk on which a file lies.
    static ForgetfulDisk of(String name) {
        return DISKS.entrySet().stream()
                .filter(each -> (name + "/").startsWith(each.getKey() + "/"))
                .map(Map.Entry::getValue)
                .findAny()
                .orElseThrow(() -> new IllegalStateException("no disk for " + name));
    }

    /// The JDBC URL of a database on this disk.
    String url() {
        return JournaledPath.url(
                "jdbc:h2:file:" + ForgetfulPath.SCHEME + ":" + root.resolve("postrider"));
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

    /// The file that has a name now, or a new one.
    synchronized ForgetfulFile opened(String name) {
        var known = names.get(name);
        if (known != null) {
            return known;
        }
        var file = new ForgetfulFile(new byte[0]);
        names.put(name, file);
        namings.add(new Naming.Made(events, name, file));
        event();
        return file;
    }

    synchronized void deleted(String name) {
        if (names.remove(name) != null) {
            namings.add(new Naming.Deleted(events, name));
            event();
        }
    }

    synchronized void renamed(String from, String to) {
        var file = names.remove(from);
        if (file != null) {
            names.put(to, file);
            namings.add(new Naming.Renamed(events, from, to, file));
            event();
        }
    }

    synchronized void written(ForgetfulFile file, long position, ByteBuffer octets) {
        file.write(events, position, octets);
        event();
    }

    synchronized void truncated(ForgetfulFile file, long size) {
        file.truncate(events, size);
        event();
    }

    synchronized void forced(ForgetfulFile file) throws IOException {
        if (broken != null) {
            var failure = broken;
            broken = null;
            file.lose();
            throw failure;
        }
        file.force();
        event();
    }

    /// The names in a directory are forced.
    synchronized void forcedNames(String directory) {
        var inside = namings.stream().filter(each -> isIn(directory, each)).toList();
        inside.forEach(each -> each.apply(forcedNames));
        namings.removeAll(inside);
        event();
    }

    private static boolean isIn(String directory, Naming naming) {
        return Path.of(directory).equals(Path.of(naming.name()).getParent());
    }

    private void event() {
        events++;
        if (watcher != null) {
            watcher.run();
        }
    }

    // ---- the cut

    /// What became of what was not forced.
    enum Loss {
        /// It is all gone.
        ALL,
        /// It is all there, as after the end of the process alone.
        NONE,
        /// What came up to some moment is there, the last write of it in part.
        TAIL,
        /// What came from some moment on is there, and not what came before.
        HEAD,
        /// Each write is there or not.
        SOME,
        /// Of each write there are some sectors.
        SECTORS,
        /// Of each write there are some pages of 4 KB.
        PAGES
    }

    /// Writes into another directory what this disk may hold if the power goes now.
    synchronized void cut(RandomGenerator random, Loss loss, Path into) throws IOException {
        Files.createDirectories(into);
        copyOthers(into);
        long moment = moment(random);
        double share = new double[] {0.1, 0.5, 0.9}[random.nextInt(3)];
        var left = new TreeMap<>(forcedNames);
        for (var naming : namings) {
            if (isKept(naming, loss, moment, random)) {
                naming.apply(left);
            }
        }
        for (var each : left.entrySet()) {
            var target = into.resolve(root.relativize(Path.of(each.getKey())));
            Files.createDirectories(target.resolveSibling("."));
            Files.write(target, each.getValue().cut(loss, moment, share, random));
        }
    }

    private static boolean isKept(Naming naming, Loss loss, long moment, RandomGenerator random) {
        return switch (loss) {
            case ALL -> false;
            case NONE -> true;
            case TAIL -> naming.at() < moment;
            case HEAD -> naming.at() > moment;
            case SOME, SECTORS, PAGES -> random.nextBoolean();
        };
    }

    /// What others wrote beside us was forced by them.
    private void copyOthers(Path into) throws IOException {
        try (var found = Files.walk(root)) {
            for (var path : found.filter(Files::isRegularFile).toList()) {
                if (!names.containsKey(path.toString())) {
                    var target = into.resolve(root.relativize(path));
                    Files.createDirectories(target.resolveSibling("."));
                    Files.copy(path, target);
                }
            }
        }
    }

    /// When something was done that was not forced.
    private long moment(RandomGenerator random) {
        var moments =
                LongStream.concat(
                                Stream.concat(
                                                names.values().stream(),
                                                forcedNames.values().stream())
                                        .distinct()
                                        .flatMapToLong(ForgetfulFile::moments),
                                namings.stream().mapToLong(Naming::at))
                        .sorted()
                        .toArray();
        return moments.length == 0 ? 0 : moments[random.nextInt(moments.length)];
    }

    // ---- segments

    SegmentFiles segmentFiles() {
        return new SegmentFiles() {
            @Override
            public File create(Path path) throws IOException {
                var name = path.toAbsolutePath().toString();
                var file = SegmentFiles.ofSystem().create(path);
                var recorded = opened(name);
                forcedNames(path.toAbsolutePath().resolveSibling("").toString());
                return new Segment(ForgetfulDisk.this, recorded, file);
            }

            @Override
            public void delete(Path path) throws IOException {
                SegmentFiles.super.delete(path);
                deleted(path.toAbsolutePath().toString());
            }
        };
    }

    private record Segment(ForgetfulDisk disk, ForgetfulFile recorded, SegmentFiles.File file)
            implements SegmentFiles.File {

        @Override
        public void write(long position, ByteBuffer octets) throws IOException {
            var copy = octets.duplicate();
            file.write(position, octets);
            disk.written(recorded, position, copy);
        }

        @Override
        public void force() throws IOException {
            disk.forced(recorded);
        }

        @Override
        public void truncate(long size) throws IOException {
            file.truncate(size);
            disk.truncated(recorded, size);
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
