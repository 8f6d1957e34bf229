package org.postrider.storage.jdbc.restore;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.postrider.storage.blob.BodyPlace;
import org.postrider.storage.blob.BodyStore;
import org.postrider.storage.blob.RecordType;
import org.postrider.storage.blob.SegmentScan;

/// Finds octets that are not where a note says, because a compaction has moved them since: by their
/// length and their digest, in all segments.
final class BodySearch {

    private final Path segments;
    private final BodyStore bodies;
    private Optional<Map<Integer, List<BodyPlace>>> bySize = Optional.empty();

    BodySearch(Path segments, BodyStore bodies) {
        this.segments = segments;
        this.bodies = bodies;
    }

    /// The numbers of the segments of a directory, in the order in which they were begun.
    static List<Long> numbers(Path segments) throws IOException {
        if (!Files.isDirectory(segments)) {
            return List.of();
        }
        try (var files = Files.list(segments)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.matches("\\d{12}\\.seg"))
                    .map(name -> Long.valueOf(name.substring(0, 12)))
                    .sorted()
                    .toList();
        }
    }

    Optional<BodyPlace> find(int size, byte[] digest) throws IOException {
        if (bySize.isEmpty()) {
            bySize = Optional.of(all());
        }
        for (var place : bySize.get().getOrDefault(size, List.of())) {
            if (bodies.verify(place, digest)) {
                return Optional.of(place);
            }
        }
        return Optional.empty();
    }

    private Map<Integer, List<BodyPlace>> all() throws IOException {
        var all = new HashMap<Integer, List<BodyPlace>>();
        for (long number : numbers(segments)) {
            SegmentScan.of(segments, number)
                    .run(
                            (_, _) -> false,
                            (found, _) -> {
                                if (found.type() == RecordType.BODY && found.intact()) {
                                    all.computeIfAbsent(
                                                    found.place().size(), _ -> new ArrayList<>())
                                            .add(found.place());
                                }
                            });
        }
        return all;
    }
}
