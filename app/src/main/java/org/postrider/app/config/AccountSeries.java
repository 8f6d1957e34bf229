package org.postrider.app.config;

import java.util.IllegalFormatException;
import java.util.List;
import java.util.stream.IntStream;
import org.postrider.storage.address.MailAddress;

/// Accounts numbered from 0: `u%05d@bench.test:600`.
///
/// @param pattern an address with one number in it, as [String#format] writes it
/// @param count how many
public record AccountSeries(String pattern, int count) {

    private static final int MAX_COUNT = 1_000_000;

    public AccountSeries {
        if (count < 1 || count > MAX_COUNT) {
            throw new IllegalArgumentException("has no count from 1 to " + MAX_COUNT);
        }
        if (address(pattern, 0).equals(address(pattern, 1)) && count > 1) {
            throw new IllegalArgumentException("has no place for the number in its pattern");
        }
    }

    /// Reads `pattern:count`; a pattern alone is one account.
    public static AccountSeries valueOf(String text) {
        var value = text.strip();
        int colon = value.lastIndexOf(':');
        if (colon < 0) {
            return new AccountSeries(value, 1);
        }
        var digits = value.substring(colon + 1);
        if (!digits.matches("[0-9]{1,7}")) {
            throw new IllegalArgumentException("has no count after the last colon");
        }
        return new AccountSeries(value.substring(0, colon), Integer.parseInt(digits));
    }

    public List<MailAddress> addresses() {
        return IntStream.range(0, count).mapToObj(number -> address(pattern, number)).toList();
    }

    private static MailAddress address(String pattern, int number) {
        return MailAddress.parse(formatted(pattern, number))
                .orElseThrow(() -> new IllegalArgumentException("is no pattern of an address"));
    }

    private static String formatted(String pattern, int number) {
        try {
            return pattern.formatted(number);
        } catch (IllegalFormatException e) {
            throw new IllegalArgumentException("is no pattern of an address: " + e.getMessage(), e);
        }
    }
}
