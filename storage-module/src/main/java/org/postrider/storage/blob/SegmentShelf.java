package org.postrider.storage.blob;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;

/// The segment files of a directory: their numbers, which of them are still written, and in which
/// there is a body that was received and has no row yet.
final class SegmentShelf {

    private final Path directory;
    private final SegmentFiles files;
    private final Set<Long> all;
    private final Set<Long> written = new HashSet<>();
    private final Map<Long, Integer> staged = new HashMap<>();
    private final Set<Long> gone = new HashSet<>();

    private long last;

    private SegmentShelf(Path directory, SegmentFiles files, Set<Long> found) {
        this.directory = directory;
        this.files = files;
        this.all = found;
        this.last = found.stream().mapToLong(Long::longValue).max().orElse(0);
    }

    /// The shelf in a directory, which is made when it is not there.
    static SegmentShelf open(Path directory, SegmentFiles files) throws IOException {
        Files.createDirectories(directory);
        // Also when it is there: who made it may have been killed before its name was durable.
        SegmentFiles.forceDirectory(directory.toAbsolutePath().resolveSibling("."));
        try (var names = Files.list(directory)) {
            var found = new HashSet<Long>();
            names.map(path -> path.getFileName().toString())
                    .filter(name -> name.matches("\\d{12}\\.seg"))
                    .forEach(name -> found.add(Long.valueOf(name.substring(0, 12))));
            return new SegmentShelf(directory, files, found);
        }
    }

    /// The shelf in a directory that need not be there, for who only reads.
    static SegmentShelf reading(Path directory) {
        return new SegmentShelf(directory, SegmentFiles.ofSystem(), new HashSet<>());
    }

    Path directory() {
        return directory;
    }

    /// From now on files have higher numbers than this one.
    synchronized void startAbove(long number) {
        last = Math.max(last, number);
    }

    /// A new file, being written until [#written].
    SegmentWriter create() throws IOException {
        long number;
        synchronized (this) {
            number = ++last;
            written.add(number);
        }
        try {
            var writer = SegmentWriter.create(files, directory, number);
            synchronized (this) {
                all.add(number);
            }
            return writer;
        } catch (IOException e) {
            written(number);
            throw e;
        }
    }

    /// Nothing is added to this file any more.
    synchronized void written(long number) {
        written.remove(number);
    }

    /// A body in this file was received.
    ///
    /// @return to be run once, when it has its row or never will
    synchronized Runnable stage(long number) {
        staged.merge(number, 1, Integer::sum);
        return () -> unstage(number);
    }

    private synchronized void unstage(long number) {
        staged.computeIfPresent(number, (_, count) -> count == 1 ? null : count - 1);
    }

    /// Files that do not change any more: what is in them has its rows, or never will.
    synchronized List<Long> settled() {
        var settled = new ArrayList<Long>();
        for (var number : all) {
            if (!written.contains(number) && !staged.containsKey(number)) {
                settled.add(number);
            }
        }
        return settled;
    }

    long size(long number) {
        return SegmentFormat.path(directory, number).toFile().length();
    }

    /// Whether the file was deleted since the shelf was opened.
    synchronized boolean isGone(long number) {
        return gone.contains(number);
    }

    /// From now on nobody finds the file.
    ///
    /// @return whether that is so: not when the condition is not met, and not of the newest file,
    ///   since its number would be given again after a restart
    synchronized boolean forget(long number, BooleanSupplier condition) {
        boolean newest = all.stream().noneMatch(other -> other > number);
        boolean goes = !newest && condition.getAsBoolean();
        if (goes) {
            all.remove(number);
            gone.add(number);
        }
        return goes;
    }

    /// Deletes a file, if it is there.
    void delete(long number) throws IOException {
        files.delete(SegmentFormat.path(directory, number));
    }
}
