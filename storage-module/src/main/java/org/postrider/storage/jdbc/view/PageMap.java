package org.postrider.storage.jdbc.view;

import java.util.Map;
import java.util.Optional;

/// What the versions of a view know together of the pages in the database: up to where they show
/// the log, and which chunk is in which page.
public final class PageMap {

    /// @param modSeq the pages show the log up to the end of this MODSEQ
    /// @param pages by the stamp of the chunk
    public record Packed(long modSeq, Map<Long, Integer> pages) {}

    private volatile Optional<Packed> packed = Optional.empty();

    public Optional<Packed> packed() {
        return packed;
    }

    public void packed(Packed now) {
        packed = Optional.of(now);
    }
}
