package org.postrider.imap.wire;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;

/// Dates as IMAP writes them: `1-Feb-1994` and `" 1-Feb-1994 21:52:25 -0800"` (RFC 3501 §9 `date`,
/// `date-time`).
final class DateReader {

    private static final List<String> MONTHS =
            List.of(
                    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov",
                    "dec");

    private DateReader() {}

    static LocalDate date(ImapReader in) throws SyntaxError {
        boolean quoted = in.accept('"');
        var date = bareDate(in);
        if (quoted) {
            in.expect('"');
        }
        return date;
    }

    static Instant dateTime(ImapReader in) throws SyntaxError {
        in.expect('"');
        in.accept(' ');
        var date = bareDate(in);
        in.space();
        int hour = number(in, 23);
        in.expect(':');
        int minute = number(in, 59);
        in.expect(':');
        int second = number(in, 60);
        in.space();
        var zone = zone(in);
        in.expect('"');
        return LocalDateTime.of(date, LocalTime.of(hour, minute, Math.min(second, 59)))
                .toInstant(zone);
    }

    private static LocalDate bareDate(ImapReader in) throws SyntaxError {
        int day = number(in, 31);
        in.expect('-');
        int month = month(in);
        in.expect('-');
        int year = number(in, 9999);
        try {
            return LocalDate.of(year, month, day);
        } catch (DateTimeException e) {
            throw new SyntaxError("There is no such day");
        }
    }

    private static int month(ImapReader in) throws SyntaxError {
        for (int i = 0; i < MONTHS.size(); i++) {
            if (in.acceptWord(MONTHS.get(i))) {
                return i + 1;
            }
        }
        throw new SyntaxError("There is no such month");
    }

    private static ZoneOffset zone(ImapReader in) throws SyntaxError {
        int sign = in.accept('-') ? -1 : 1;
        if (sign > 0) {
            in.expect('+');
        }
        int zone = number(in, 1800);
        if (zone % 100 > 59) {
            throw new SyntaxError("There is no such time zone");
        }
        return ZoneOffset.ofHoursMinutes(sign * (zone / 100), sign * (zone % 100));
    }

    private static int number(ImapReader in, int largest) throws SyntaxError {
        long number = in.number();
        if (number > largest) {
            throw new SyntaxError("A part of a date is too large");
        }
        return (int) number;
    }
}
