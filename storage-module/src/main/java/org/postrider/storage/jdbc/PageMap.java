package org.postrider.storage.jdbc;

import java.util.Map;
import java.util.Optional;

/// What the versions of a view know together of the pages in the database: up to where they show
/// the log, and which chunk is in which page.
final class PageMap {

    /// @param modSeq the pages show the log up to the end of this MODSEQ
    /// @param pages by the stamp of the chunk
    record Packed(long modSeq, Map<Long, Integer> pages) {}

    private volatile Optional<Packed> packed = Optional.empty();

    Optional<Packed> packed() {
        return packed;
    }

    void packed(Packed now) {
        packed = Optional.of(now);
    }
}
