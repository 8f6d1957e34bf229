package org.postrider.storage.message;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;

/// Octets whose charset nobody knows: every sequence that is UTF-8 (RFC 3629 §4) is read as such,
/// and every other octet as windows-1252. Text in the one or the other is read right but for rare
/// accidents, and it needs no look ahead.
///
/// A reader, and no charset of Java's, because [java.io.InputStreamReader] does not let a decoder
/// say what octets are that the end has cut off.
final class Utf8OrWindows1252 extends Reader {

    /// windows-1252 from 0x80 to 0x9F; the rest is that of Unicode.
    private static final String HIGH_CONTROLS =
            "\u20AC\u0081\u201A\u0192\u201E\u2026\u2020\u2021"
                    + "\u02C6\u2030\u0160\u2039\u0152\u008D\u017D\u008F"
                    + "\u0090\u2018\u2019\u201C\u201D\u2022\u2013\u2014"
                    + "\u02DC\u2122\u0161\u203A\u0153\u009D\u017E\u0178";

    private static final int NO_UTF8 = -1;
    private static final int TOO_SHORT = -2;
    private static final int LONGEST = 4;

    private final InputStream in;
    private final byte[] octets = new byte[4096];
    private int at;
    private int end;
    private boolean over;

    /// The second half of a character for which there was room for one half only.
    private char secondHalf;

    Utf8OrWindows1252(InputStream in) {
        this.in = in;
    }

    static String text(byte[] octets) {
        var text = new StringBuilder(octets.length);
        int at = 0;
        while (at < octets.length) {
            int codePoint = octets[at] >= 0 ? octets[at] : utf8(octets, at, octets.length);
            text.appendCodePoint(codePoint < 0 ? windows1252(octets[at]) : codePoint);
            at += codePoint < 0 ? 1 : length(codePoint);
        }
        return text.toString();
    }

    @Override
    public int read(char[] target, int offset, int length) throws IOException {
        int to = offset;
        int limit = offset + length;
        if (secondHalf != 0 && length > 0) {
            target[to] = secondHalf;
            to++;
            secondHalf = 0;
        }
        while (to == offset && fill()) {
            to = decode(target, to, limit);
        }
        return to > offset || length == 0 ? to - offset : -1;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    /// Has something to decode: a whole character, or the end.
    private boolean fill() throws IOException {
        while (!over && end - at < LONGEST) {
            System.arraycopy(octets, at, octets, 0, end - at);
            end -= at;
            at = 0;
            int count = in.read(octets, end, octets.length - end);
            over = count < 0;
            end += Math.max(count, 0);
        }
        return at < end;
    }

    private int decode(char[] target, int from, int limit) {
        int to = from;
        while (at < end && to < limit) {
            byte first = octets[at];
            if (first >= 0) {
                target[to] = (char) first;
                to++;
                at++;
                continue;
            }
            int codePoint = utf8(octets, at, end);
            if (codePoint == TOO_SHORT && !over) {
                return to;
            }
            if (codePoint < 0) {
                target[to] = windows1252(first);
                to++;
                at++;
            } else {
                to = put(codePoint, target, to, limit);
            }
        }
        return to;
    }

    private int put(int codePoint, char[] target, int to, int limit) {
        at += length(codePoint);
        if (to + Character.charCount(codePoint) <= limit) {
            return to + Character.toChars(codePoint, target, to);
        }
        target[to] = Character.highSurrogate(codePoint);
        secondHalf = Character.lowSurrogate(codePoint);
        return to + 1;
    }

    /// The character whose octets begin here, when they do.
    private static int utf8(byte[] octets, int at, int end) {
        int first = octets[at] & 0xFF;
        int more = first < 0xC2 ? 0 : first < 0xE0 ? 1 : first < 0xF0 ? 2 : first < 0xF5 ? 3 : 0;
        if (more == 0) {
            return NO_UTF8;
        }
        int codePoint = first & (0x3F >> more);
        for (int i = 1; i <= more; i++) {
            if (at + i >= end) {
                return TOO_SHORT;
            }
            int next = octets[at + i] & 0xFF;
            if ((next & 0xC0) != 0x80) {
                return NO_UTF8;
            }
            codePoint = codePoint << 6 | (next & 0x3F);
        }
        boolean valid =
                length(codePoint) == more + 1
                        && codePoint <= Character.MAX_CODE_POINT
                        && (codePoint < 0xD800 || codePoint > 0xDFFF);
        return valid ? codePoint : NO_UTF8;
    }

    private static int length(int codePoint) {
        return codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
    }

    private static char windows1252(byte octet) {
        int c = octet & 0xFF;
        return c < 0xA0 ? HIGH_CONTROLS.charAt(c - 0x80) : (char) c;
    }
}
