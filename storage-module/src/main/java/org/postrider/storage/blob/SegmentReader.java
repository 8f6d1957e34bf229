package org.postrider.storage.blob;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Reads segment files. A [RandomAccessFile] and not a channel, because an interrupt closes a
/// channel for everybody who reads it.
final class SegmentReader implements AutoCloseable {

    private static final int MOST_OPEN = 64;

    private final Path directory;

    /// Files nobody reads just now, the one used longest ago first.
    private final Map<Long, Deque<RandomAccessFile>> idle = new LinkedHashMap<>();

    /// How many streams read a file.
    private final Map<Long, Integer> streams = new HashMap<>();

    private int idleCount;
    private boolean closed;

    SegmentReader(Path directory) {
        this.directory = directory;
    }

    /// Fills the array's range from a place in a file; fewer octets at the end of the file.
    int read(long segment, long position, byte[] into, int at, int length) throws IOException {
        var file = take(segment);
        int total = 0;
        try {
            file.seek(position);
            while (total < length) {
                int count = file.read(into, at + total, length - total);
                if (count < 0) {
                    break;
                }
                total += count;
            }
        } catch (IOException e) {
            file.close();
            throw e;
        }
        giveBack(segment, file);
        return total;
    }

    /// What is wrong with a place, if its record is not there.
    Optional<String> lack(BodyPlace place) throws IOException {
        var header = new byte[SegmentFormat.RECORD_HEADER];
        try {
            if (read(place.pack(), place.offset(), header, 0, header.length) < header.length) {
                return Optional.of("the segment's file ends before it");
            }
            if (SegmentFormat.header(ByteBuffer.wrap(header))
                    .filter(h -> h.isOf(place))
                    .isEmpty()) {
                return Optional.of("something else is at its place in the segment's file");
            }
            long last = place.offset() + header.length + place.stored() - 1;
            return place.stored() > 0 && read(place.pack(), last, header, 0, 1) < 1
                    ? Optional.of("the segment's file ends within it")
                    : Optional.empty();
        } catch (FileNotFoundException e) {
            return Optional.of("the segment's file cannot be opened: " + e.getMessage());
        }
    }

    /// A stream begins to read a file.
    synchronized void begin(long segment) {
        streams.merge(segment, 1, Integer::sum);
    }

    synchronized void end(long segment) {
        streams.computeIfPresent(segment, (_, count) -> count == 1 ? null : count - 1);
    }

    synchronized boolean isRead(long segment) {
        return streams.containsKey(segment);
    }

    /// Closes what is open of a file that goes.
    synchronized void forget(long segment) throws IOException {
        var files = idle.remove(segment);
        if (files != null) {
            idleCount -= files.size();
            for (var file : files) {
                file.close();
            }
        }
    }

    private RandomAccessFile take(long segment) throws IOException {
        synchronized (this) {
            if (closed) {
                throw new IOException("the store is closed");
            }
            var files = idle.get(segment);
            if (files != null && !files.isEmpty()) {
                idleCount--;
                return files.pop();
            }
        }
        return new RandomAccessFile(SegmentFormat.path(directory, segment).toFile(), "r");
    }

    private void giveBack(long segment, RandomAccessFile file) throws IOException {
        RandomAccessFile surplus = null;
        synchronized (this) {
            if (closed) {
                surplus = file;
            } else {
                var files = idle.remove(segment);
                files = files == null ? new ArrayDeque<>() : files;
                files.push(file);
                idle.put(segment, files);
                idleCount++;
                surplus = idleCount > MOST_OPEN ? oldest() : null;
            }
        }
        if (surplus != null) {
            surplus.close();
        }
    }

    private RandomAccessFile oldest() {
        idle.values().removeIf(Deque::isEmpty);
        var files = idle.values().iterator().next();
        idleCount--;
        return files.removeLast();
    }

    @Override
    public synchronized void close() {
        closed = true;
        for (var files : idle.values()) {
            for (var file : files) {
                try {
                    file.close();
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            }
        }
        idle.clear();
    }
}
