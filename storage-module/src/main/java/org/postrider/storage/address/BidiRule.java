package org.postrider.storage.address;

import java.util.Collection;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Keeps the characters of a name together when it is shown, though some of them run from right to
/// left (RFC 5893 §2). A label is looked at as the classes of its characters, one letter each.
final class BidiRule {

    /// What makes a label a right-to-left one (RFC 5893 §1.4).
    private static final Pattern ANY_RIGHT_TO_LEFT = Pattern.compile("[RAN]");

    /// Conditions 1 to 4.
    private static final Pattern RIGHT_TO_LEFT =
            Pattern.compile("(?=[RA])(?!.*E.*N|.*N.*E)[RANEOM]*[RANE]M*");

    /// Conditions 1, 5 and 6.
    private static final Pattern LEFT_TO_RIGHT = Pattern.compile("(?=L)[LEOM]*[LE]M*");

    private BidiRule() {}

    /// @param labels all of a name, as U-labels: one label that runs from right to left puts the
    ///   others under the rule
    static boolean holds(Collection<String> labels) {
        var classes = labels.stream().map(BidiRule::classes).toList();
        return classes.stream().noneMatch(ANY_RIGHT_TO_LEFT.asPredicate())
                || classes.stream()
                        .allMatch(
                                RIGHT_TO_LEFT
                                        .asMatchPredicate()
                                        .or(LEFT_TO_RIGHT.asMatchPredicate()));
    }

    private static String classes(String label) {
        return label.codePoints().mapToObj(BidiRule::letter).collect(Collectors.joining());
    }

    private static String letter(int codePoint) {
        return switch (Character.getDirectionality(codePoint)) {
            case Character.DIRECTIONALITY_LEFT_TO_RIGHT -> "L";
            case Character.DIRECTIONALITY_RIGHT_TO_LEFT -> "R";
            case Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC -> "A";
            case Character.DIRECTIONALITY_ARABIC_NUMBER -> "N";
            case Character.DIRECTIONALITY_EUROPEAN_NUMBER -> "E";
            case Character.DIRECTIONALITY_NONSPACING_MARK -> "M";
            case Character.DIRECTIONALITY_EUROPEAN_NUMBER_SEPARATOR,
                    Character.DIRECTIONALITY_COMMON_NUMBER_SEPARATOR,
                    Character.DIRECTIONALITY_EUROPEAN_NUMBER_TERMINATOR,
                    Character.DIRECTIONALITY_OTHER_NEUTRALS,
                    Character.DIRECTIONALITY_BOUNDARY_NEUTRAL ->
                    "O";
            default -> "-";
        };
    }
}
