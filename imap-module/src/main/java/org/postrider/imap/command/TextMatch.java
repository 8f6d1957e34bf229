package org.postrider.imap.command;

import java.io.IOException;
import java.io.Reader;

/// A text to look for, whatever the case of its letters (RFC 3501 §6.4.4). Reads each character
/// once and keeps none (Knuth, Morris and Pratt), so that any amount of text streams past it.
final class TextMatch {

    private final char[] sought;
    private final int[] fallback;

    TextMatch(String text) {
        sought = text.toCharArray();
        for (int i = 0; i < sought.length; i++) {
            sought[i] = fold(sought[i]);
        }
        fallback = new int[sought.length];
        int matched = 0;
        for (int i = 1; i < sought.length; i++) {
            matched = advance(matched, sought[i]);
            fallback[i] = matched;
        }
    }

    boolean isIn(CharSequence text) {
        int matched = 0;
        for (int i = 0; i < text.length() && matched < sought.length; i++) {
            matched = advance(matched, fold(text.charAt(i)));
        }
        return matched == sought.length;
    }

    boolean isIn(Reader text) throws IOException {
        var buffer = new char[4096];
        int matched = 0;
        for (int got = 0; got >= 0; got = text.read(buffer)) {
            for (int i = 0; i < got && matched < sought.length; i++) {
                matched = advance(matched, fold(buffer[i]));
            }
            if (matched == sought.length) {
                return true;
            }
        }
        return false;
    }

    /// How many characters match after one more.
    private int advance(int matched, char next) {
        int length = matched;
        while (length > 0 && sought[length] != next) {
            length = fallback[length - 1];
        }
        return sought[length] == next ? length + 1 : length;
    }

    private static char fold(char c) {
        if (c < 0x80) {
            return c >= 'A' && c <= 'Z' ? (char) (c + 32) : c;
        }
        return Character.toLowerCase(Character.toUpperCase(c));
    }
}
