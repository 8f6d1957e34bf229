package org.postrider.smtp.receive;

import static java.time.temporal.ChronoField.DAY_OF_MONTH;
import static java.time.temporal.ChronoField.DAY_OF_WEEK;
import static java.time.temporal.ChronoField.HOUR_OF_DAY;
import static java.time.temporal.ChronoField.MINUTE_OF_HOUR;
import static java.time.temporal.ChronoField.MONTH_OF_YEAR;
import static java.time.temporal.ChronoField.SECOND_OF_MINUTE;
import static java.time.temporal.ChronoField.YEAR;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/// Writes a moment as `date-time` of RFC 5322 §3.3, in UTC. The names stand here because those of a
/// locale change with the data of the JDK.
final class MessageDate {

    private static final DateTimeFormatter FORMAT =
            new DateTimeFormatterBuilder()
                    .appendText(DAY_OF_WEEK, names("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"))
                    .appendLiteral(", ")
                    .appendValue(DAY_OF_MONTH)
                    .appendLiteral(' ')
                    .appendText(
                            MONTH_OF_YEAR,
                            names(
                                    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep",
                                    "Oct", "Nov", "Dec"))
                    .appendLiteral(' ')
                    .appendValue(YEAR, 4)
                    .appendLiteral(' ')
                    .appendValue(HOUR_OF_DAY, 2)
                    .appendLiteral(':')
                    .appendValue(MINUTE_OF_HOUR, 2)
                    .appendLiteral(':')
                    .appendValue(SECOND_OF_MINUTE, 2)
                    .appendLiteral(" +0000")
                    .toFormatter(Locale.ROOT);

    private MessageDate() {}

    static String of(Instant moment) {
        return FORMAT.format(moment.atOffset(ZoneOffset.UTC));
    }

    private static Map<Long, String> names(String... names) {
        var numbered = new HashMap<Long, String>();
        for (int i = 0; i < names.length; i++) {
            numbered.put(i + 1L, names[i]);
        }
        return numbered;
    }
}
