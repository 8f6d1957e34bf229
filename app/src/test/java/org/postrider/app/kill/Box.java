package org.postrider.app.kill;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// What is in a mailbox, by UID; what has no known UID is at the end.
///
/// @param uidValidity or [#UNKNOWN]
record Box(long uidValidity, List<Letter> letters) {

    static final long UNKNOWN = 0;

    static final Box NEW = new Box(UNKNOWN, List.of());

    Box {
        letters =
                letters.stream()
                        .sorted(
                                Comparator.comparingLong(letter ->
                                        letter.uid() == Letter.UNKNOWN
                                                ? Long.MAX_VALUE
                                                : letter.uid()))
                        .toList();
    }

    Box with(List<Letter> more) {
        return new Box(uidValidity, Stream.concat(letters.stream(), more.stream()).toList());
    }

    Box without(Predicate<Letter> gone) {
        return new Box(uidValidity, letters.stream().filter(gone.negate()).toList());
    }

    Box map(UnaryOperator<Letter> change) {
        return new Box(uidValidity, letters.stream().map(change).toList());
    }

    /// The same messages under UIDs that are not told.
    Box moved() {
        return new Box(UNKNOWN, letters.stream().map(each -> each.at(Letter.UNKNOWN)).toList());
    }

    boolean isKnown() {
        return uidValidity != UNKNOWN
                && letters.stream().noneMatch(each -> each.uid() == Letter.UNKNOWN);
    }

    /// This box with the UIDs that were found, if what was found is exactly this.
    Optional<Box> asFound(Box found) {
        if (uidValidity != UNKNOWN && uidValidity != found.uidValidity) {
            return Optional.empty();
        }
        var left = new ArrayList<>(letters);
        for (var each : found.letters) {
            // Known UIDs come first, so a message that has one is not taken for its copy.
            var match = left.stream().filter(letter -> letter.matches(each)).findFirst();
            if (match.isEmpty()) {
                return Optional.empty();
            }
            left.remove(match.get());
        }
        return left.isEmpty() ? Optional.of(found) : Optional.empty();
    }
}
