package org.postrider.storage.message;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Looks for a text in texts of any length, without regard to case: both are compared after
/// Unicode's simple case folding. It goes forward only (Knuth, Morris, Pratt), so a text is read
/// once, in pieces, and nothing of it is kept.
///
/// RFC 9051 §6.4.4: "a message matches a key if the string is a substring of the associated text.
/// The matching SHOULD be case insensitive." The empty text is in every text.
public final class TextSearch {

    private static final char[] FOLDED = fold();

    /// From this many octets on, the search of strings is worth a copy: processors do it.
    private static final int WORTH_A_COPY = 256;

    private final char[] needle;

    /// The same as [FoldedText] has it.
    private final byte[] octets;

    private final String octetsAsText;

    /// For each beginning of the needle, the length of the longest shorter one that it ends with.
    private final int[] fallback;

    private TextSearch(char[] needle) {
        this.needle = needle;
        this.fallback = fallback(needle);
        this.octets = FoldedText.needle(needle);
        this.octetsAsText = new String(octets, StandardCharsets.ISO_8859_1);
    }

    public static TextSearch of(String needle) {
        var folded = new StringBuilder(needle.length());
        needle.codePoints().forEach(c -> folded.appendCodePoint(fold(c)));
        return new TextSearch(folded.toString().toCharArray());
    }

    public boolean isIn(String text) {
        return new Run().finds(text.toCharArray(), text.length());
    }

    /// Looks in octets that [FoldedText] made, which hold a text at least.
    public boolean isIn(byte[] folded, int from, int to) {
        if (octets.length == 0) {
            return true;
        }
        if (to - from >= WORTH_A_COPY) {
            return new String(folded, from, to - from, StandardCharsets.ISO_8859_1)
                    .contains(octetsAsText);
        }
        byte first = octets[0];
        for (int at = from; at <= to - octets.length; at++) {
            if (folded[at] == first
                    && Arrays.equals(folded, at, at + octets.length, octets, 0, octets.length)) {
                return true;
            }
        }
        return false;
    }

    /// Reads until the needle has been found or the text is over.
    public boolean isIn(Reader text) throws IOException {
        var run = new Run();
        var piece = new char[4096];
        boolean found = run.finds(piece, 0);
        int length = 0;
        while (!found && length >= 0) {
            length = text.read(piece, 0, piece.length);
            found = run.finds(piece, Math.max(length, 0));
        }
        return found;
    }

    /// One pass through a text.
    private final class Run {

        private int matched;
        private char highSurrogate;

        boolean finds(char[] text, int length) {
            for (int i = 0; i < length && matched < needle.length; i++) {
                char c = text[i];
                if (Character.isSurrogate(c)) {
                    surrogate(c);
                } else {
                    next(FOLDED[c]);
                }
            }
            return matched == needle.length;
        }

        private void next(char folded) {
            while (matched > 0 && needle[matched] != folded) {
                matched = fallback[matched];
            }
            if (needle[matched] == folded) {
                matched++;
            }
        }

        /// A character of two: the first waits for the second.
        private void surrogate(char c) {
            if (Character.isHighSurrogate(c)) {
                highSurrogate = c;
                return;
            }
            if (highSurrogate == 0) {
                next(c);
                return;
            }
            int folded = fold(Character.toCodePoint(highSurrogate, c));
            highSurrogate = 0;
            next(Character.highSurrogate(folded));
            if (matched < needle.length) {
                next(Character.lowSurrogate(folded));
            }
        }
    }

    private static int[] fallback(char[] needle) {
        var fallback = new int[needle.length + 1];
        int matched = 0;
        for (int i = 1; i < needle.length; i++) {
            while (matched > 0 && needle[matched] != needle[i]) {
                matched = fallback[matched];
            }
            if (needle[matched] == needle[i]) {
                matched++;
            }
            fallback[i + 1] = matched;
        }
        return fallback;
    }

    /// The folded form of a character that is no surrogate.
    static char folded(char c) {
        return FOLDED[c];
    }

    /// Unicode's simple case folding, as Java's tables of upper and lower case give it.
    static int fold(int codePoint) {
        return Character.toLowerCase(Character.toUpperCase(codePoint));
    }

    private static char[] fold() {
        var folded = new char[Character.MAX_VALUE + 1];
        for (int c = 0; c < folded.length; c++) {
            folded[c] = (char) fold(c);
        }
        return folded;
    }
}
