package org.postrider.storage.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DateFieldTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Sun, 1 Mar 2026 10:00:00 +0100 | 2026-03-01",
                "1 Mar 26 10:00 EST | 2026-03-01",
                "Thu,  9 Sep 1999 | 1999-09-09",
                "31-Dec-99 23:59 | 1999-12-31",
                "Monday, 02 January 2006 15:04:05 | 2006-01-02",
            })
    void days(String field, LocalDate day) {
        assertThat(DateField.day(field)).contains(day);
    }

    @ParameterizedTest
    @CsvSource({"''", "yesterday", "Sun Mar 1 2026", "32 Mar 2026", "1 Foo 2026", "1 Mar 99999"})
    void noDays(String field) {
        assertThat(DateField.day(field)).isEmpty();
    }
}
