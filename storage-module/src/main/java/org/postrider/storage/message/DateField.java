package org.postrider.storage.message;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The day in a Date field (RFC 5322 §3.3), without regard to its time and zone, as SENTON and the
/// like want it (RFC 3501 §6.4.4).
public final class DateField {

    private static final List<String> MONTHS =
            List.of(
                    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov",
                    "dec");

    private DateField() {}

    /// The day, or empty when there is none to be found.
    public static Optional<LocalDate> day(String date) {
        var words = date.strip().split("[\\s,-]+", 6);
        for (int i = 0; i + 2 < words.length && i < 3; i++) {
            int month = month(words[i + 1]);
            if (month > 0 && isNumber(words[i], 2) && isNumber(words[i + 2], 4)) {
                return day(words[i + 2], month, Integer.parseInt(words[i]));
            }
        }
        return Optional.empty();
    }

    private static Optional<LocalDate> day(String year, int month, int day) {
        try {
            return Optional.of(LocalDate.of(year(year), month, day));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /// Years of two and three digits are of the last century or of this one (RFC 5322 §4.3).
    private static int year(String digits) {
        int year = Integer.parseInt(digits);
        return switch (digits.length()) {
            case 2 -> year < 50 ? 2000 + year : 1900 + year;
            case 3 -> 1900 + year;
            default -> year;
        };
    }

    private static int month(String word) {
        return word.length() < 3
                ? 0
                : 1 + MONTHS.indexOf(word.substring(0, 3).toLowerCase(Locale.ROOT));
    }

    private static boolean isNumber(String word, int most) {
        return !word.isEmpty()
                && word.length() <= most
                && word.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
