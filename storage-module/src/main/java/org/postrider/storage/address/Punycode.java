package org.postrider.storage.address;

import java.util.ArrayList;
import java.util.Optional;

/// Punycode (RFC 3492): any string in ASCII. What is ASCII in it comes first. Each other code point
/// follows as a number: how many states it is from the one before, where a state is a code point
/// and a place for it.
final class Punycode {

    private static final int BASE = 36;
    private static final int T_MIN = 1;
    private static final int T_MAX = 26;
    private static final int SKEW = 38;
    private static final int DAMP = 700;
    private static final int INITIAL_BIAS = 72;
    private static final int INITIAL_N = 0x80;
    private static final char DELIMITER = '-';
    private static final String DIGITS = "abcdefghijklmnopqrstuvwxyz0123456789";

    private Punycode() {}

    /// RFC 3492 §6.3. A `long` holds what any string can need.
    static String encode(String text) {
        int[] points = text.codePoints().toArray();
        var encoded = new StringBuilder();
        text.chars().filter(c -> c < INITIAL_N).forEach(c -> encoded.append((char) c));
        int basic = encoded.length();
        if (basic > 0) {
            encoded.append(DELIMITER);
        }
        int bias = INITIAL_BIAS;
        int placed = basic;
        int n = INITIAL_N;
        long delta = 0;
        while (placed < points.length) {
            int next = leastFrom(n, points);
            delta += (long) (next - n) * (placed + 1);
            n = next;
            for (int point : points) {
                if (point < n) {
                    delta++;
                } else if (point == n) {
                    append(delta, bias, encoded);
                    bias = adapted(delta, placed + 1, placed == basic);
                    delta = 0;
                    placed++;
                }
            }
            delta++;
            n++;
        }
        return encoded.toString();
    }

    private static int leastFrom(int n, int[] points) {
        int least = Character.MAX_CODE_POINT;
        for (int point : points) {
            if (point >= n) {
                least = Math.min(least, point);
            }
        }
        return least;
    }

    private static void append(long delta, int bias, StringBuilder encoded) {
        long left = delta;
        int k = BASE;
        while (left >= threshold(k, bias)) {
            int t = threshold(k, bias);
            encoded.append(DIGITS.charAt((int) (t + (left - t) % (BASE - t))));
            left = (left - t) / (BASE - t);
            k += BASE;
        }
        encoded.append(DIGITS.charAt((int) left));
    }

    /// RFC 3492 §6.2. Nothing where a digit is missing or none, or a number leads beyond Unicode.
    static Optional<String> decode(String encoded) {
        if (encoded.chars().anyMatch(c -> c >= INITIAL_N)) {
            return Optional.empty();
        }
        int basic = Math.max(encoded.lastIndexOf(DELIMITER), 0);
        var points = new ArrayList<Integer>();
        encoded.chars().limit(basic).forEach(points::add);
        var numbers = new Numbers(encoded, basic == 0 ? 0 : basic + 1);
        int n = INITIAL_N;
        long i = 0;
        while (numbers.hasNext()) {
            int places = points.size() + 1;
            long delta = numbers.next(places, i == 0);
            if (delta == Numbers.NONE) {
                return Optional.empty();
            }
            n += (int) ((i + delta) / places);
            if (!isCharacter(n)) {
                return Optional.empty();
            }
            i = (i + delta) % places;
            points.add((int) i, n);
            i++;
        }
        var decoded = new StringBuilder();
        points.forEach(decoded::appendCodePoint);
        return Optional.of(decoded.toString());
    }

    /// A surrogate is none: two of them would become one character.
    private static boolean isCharacter(int point) {
        return Character.isValidCodePoint(point) && Character.getType(point) != Character.SURROGATE;
    }

    private static int threshold(int k, int bias) {
        return Math.clamp(k - bias, T_MIN, T_MAX);
    }

    /// RFC 3492 §6.1
    private static int adapted(long delta, int points, boolean first) {
        long left = delta / (first ? DAMP : 2);
        left += left / points;
        int k = 0;
        while (left > (BASE - T_MIN) * T_MAX / 2) {
            left /= BASE - T_MIN;
            k += BASE;
        }
        return (int) (k + (BASE - T_MIN + 1) * left / (left + SKEW));
    }

    /// The numbers behind the delimiter, each with the bias that those before it left.
    private static final class Numbers {

        static final long NONE = -1;

        private final String encoded;
        private int at;
        private int bias = INITIAL_BIAS;

        Numbers(String encoded, int at) {
            this.encoded = encoded;
            this.at = at;
        }

        boolean hasNext() {
            return at < encoded.length();
        }

        /// A number beyond the last place of the last code point is none (§6.4): the next digit
        /// would count at most 35 times as much, so nothing overflows before that is seen.
        long next(int places, boolean first) {
            long farthest = (Character.MAX_CODE_POINT + 1L) * places;
            long number = 0;
            long weight = 1;
            for (int k = BASE; hasNext(); k += BASE) {
                int digit = digit(encoded.charAt(at));
                at++;
                number += digit * weight;
                if (digit < 0 || number > farthest) {
                    return NONE;
                }
                int t = threshold(k, bias);
                if (digit < t) {
                    bias = adapted(number, places, first);
                    return number;
                }
                weight *= BASE - t;
            }
            return NONE;
        }

        private static int digit(char c) {
            return DIGITS.indexOf(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
        }
    }
}
