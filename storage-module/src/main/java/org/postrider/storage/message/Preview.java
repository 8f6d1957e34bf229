package org.postrider.storage.message;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;
import org.postrider.storage.message.BodyPart.Description;

/// The first readable text of a message (RFC 8970 §3), gathered while its octets pass by: the
/// beginning of the first text that is no attachment, plain text before HTML, decoded, with white
/// space folded.
public final class Preview {

    /// The most characters (RFC 8970 §3 advises 200).
    public static final int CHARACTERS = 200;

    /// The most octets of it, in UTF-8.
    static final int MOST_OCTETS = 4 * CHARACTERS;

    /// Octets of a text that are looked at, as they were transferred.
    private static final int PLAIN_OCTETS = 8 << 10;

    /// The same of HTML, which may begin with a long style.
    private static final int HTML_OCTETS = 48 << 10;

    /// A text whose beginning is kept.
    private static final class Candidate {
        final Entity entity;
        final Description description;
        final long start;
        final OctetBuffer octets;
        int length;

        Candidate(Entity entity, long start, boolean plain) {
            this.entity = entity;
            this.description = entity.description();
            this.start = start;
            this.octets = new OctetBuffer(plain ? PLAIN_OCTETS : HTML_OCTETS);
        }
    }

    private @Nullable Candidate plain;
    private @Nullable Candidate html;
    private @Nullable Candidate current;

    Preview() {}

    /// A part's body begins.
    ///
    /// @param line the octets of it that have passed by already
    void begin(Entity entity, long start, @Nullable OctetBuffer line) {
        if (!entity.isShownText()) {
            return;
        }
        if (entity.isPlain() && plain == null && (html == null || entity.isAlternative())) {
            plain = new Candidate(entity, start, true);
            current = plain;
        } else if (!entity.isPlain() && html == null && plain == null) {
            html = new Candidate(entity, start, false);
            current = html;
        } else if (!entity.isPlain() && html == null && entity.isAlternative()) {
            html = new Candidate(entity, start, false);
            current = html;
        }
        if (current != null && line != null) {
            current.octets.append(line);
        }
    }

    /// The next octets of the message.
    void take(byte[] octets, int from, int to) {
        if (current != null) {
            current.octets.append(octets, from, to);
        }
    }

    /// A part ends.
    void end(Entity entity, long end) {
        var ending = current;
        if (ending != null && ending.entity == entity) {
            ending.length = Math.clamp(end - ending.start, 0, ending.octets.length());
            current = null;
        }
    }

    String text() {
        var first = plain == null ? "" : text(plain);
        return first.isEmpty() && html != null ? text(html) : first;
    }

    private static String text(Candidate text) {
        var octets = new ByteArrayInputStream(text.octets.array(), 0, text.length);
        try (var reader = TextDecoding.readable(octets, text.description)) {
            return folded(reader);
        } catch (IOException e) {
            throw new UncheckedIOException("octets in memory", e);
        }
    }

    private static String folded(Reader reader) throws IOException {
        var text = new StringBuilder();
        int characters = 0;
        boolean space = false;
        for (int c = codePoint(reader); c >= 0 && characters < CHARACTERS; c = codePoint(reader)) {
            if (Character.isWhitespace(c) || Character.isSpaceChar(c)) {
                space = characters > 0;
            } else if (isSeen(c)) {
                if (space && characters + 1 < CHARACTERS) {
                    text.append(' ');
                    characters++;
                }
                space = false;
                text.appendCodePoint(c);
                characters++;
            }
        }
        return text.toString();
    }

    private static int codePoint(Reader reader) throws IOException {
        int c = reader.read();
        if (c < 0 || !Character.isHighSurrogate((char) c)) {
            return c;
        }
        int low = reader.read();
        return low >= 0 && Character.isLowSurrogate((char) low)
                ? Character.toCodePoint((char) c, (char) low)
                : 0xFFFD;
    }

    /// Programs fill the beginning of HTML with characters that nobody sees.
    private static boolean isSeen(int codePoint) {
        int type = Character.getType(codePoint);
        return type != Character.CONTROL
                && type != Character.FORMAT
                && type != Character.SURROGATE
                && codePoint != 0x34F;
    }
}
