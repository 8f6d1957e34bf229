package org.postrider.storage.address;

import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Code points that a standard lists one by one.
final class CodePoints {

    /// The first and the last of each range by turns.
    private final int[] bounds;

    private CodePoints(int[] bounds) {
        this.bounds = bounds;
    }

    /// @param ranges `0660-0669 30FB`
    static CodePoints of(String ranges) {
        return new CodePoints(
                Stream.of(ranges.strip().split("\\s+", -1))
                        .flatMapToInt(CodePoints::bounds)
                        .toArray());
    }

    private static IntStream bounds(String range) {
        int dash = range.indexOf('-');
        var first = dash < 0 ? range : range.substring(0, dash);
        return Stream.of(first, range.substring(dash + 1))
                .mapToInt(digits -> Integer.parseInt(digits, 16));
    }

    boolean contains(int codePoint) {
        for (int i = 0; i < bounds.length; i += 2) {
            if (bounds[i] <= codePoint && codePoint <= bounds[i + 1]) {
                return true;
            }
        }
        return false;
    }
}
