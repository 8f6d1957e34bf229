package org.postrider.storage.message;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Texts as [TextSearch] looks for something in them: case folded, in UTF-8, each ended by a NUL,
/// which is in no text and in no text that is looked for.
///
/// Kept between two versions of this program, so [#VERSION] changes with whatever changes the
/// octets: the folding, the decoding, what is read of a message.
public final class FoldedText implements MessageText.Visitor {

    /// The version of the octets.
    public static final int VERSION = 1;

    private static final int PIECE = 4096;

    private final int limit;
    private byte[] octets = new byte[256];
    private int length;
    private boolean over;

    /// @param limit the most octets that are taken
    public FoldedText(int limit) {
        this.limit = limit;
    }

    /// One text.
    public static byte[] of(String text) {
        var folded = new FoldedText(Integer.MAX_VALUE);
        folded.field(text);
        return folded.toBytes();
    }

    @Override
    public boolean field(String text) {
        append(text.toCharArray(), text.length());
        end();
        return over;
    }

    @Override
    public boolean part(Reader text) throws IOException {
        var piece = new char[PIECE];
        int kept = 0;
        int count = text.read(piece, 0, PIECE);
        while (count >= 0 && !over) {
            int all = kept + count;
            boolean half = all > 0 && Character.isHighSurrogate(piece[all - 1]);
            append(piece, half ? all - 1 : all);
            if (half) {
                piece[0] = piece[all - 1];
            }
            kept = half ? 1 : 0;
            count = text.read(piece, kept, PIECE - kept);
        }
        end();
        return over;
    }

    /// Divides what was added from what comes: an empty text.
    public void divide() {
        put(0);
    }

    /// Where the texts after the first empty one begin.
    public static int afterDivision(byte[] folded) {
        int at = 0;
        while (at < folded.length && folded[at] != 0) {
            do {
                at++;
            } while (at < folded.length && folded[at] != 0);
            at++;
        }
        return Math.min(at + 1, folded.length);
    }

    /// More came than the limit lets through, so this is not all.
    public boolean isOver() {
        return over;
    }

    public int length() {
        return length;
    }

    public byte[] toBytes() {
        return Arrays.copyOf(octets, length);
    }

    private void end() {
        put(0);
    }

    private void append(char[] text, int count) {
        for (int i = 0; i < count && !over; i++) {
            char c = text[i];
            if (c < 0x80) {
                put(c == 0 ? ' ' : TextSearch.folded(c));
            } else if (!Character.isSurrogate(c)) {
                encode(TextSearch.folded(c));
            } else if (i + 1 < count && Character.isSurrogatePair(c, text[i + 1])) {
                encode(TextSearch.fold(Character.toCodePoint(c, text[i + 1])));
                i++;
            } else {
                encode(0xFFFD);
            }
        }
    }

    private void encode(int codePoint) {
        if (codePoint < 0x80) {
            put(codePoint);
        } else if (codePoint < 0x800) {
            put(0xC0 | codePoint >> 6);
            put(0x80 | (codePoint & 0x3F));
        } else if (codePoint < 0x10000) {
            put(0xE0 | codePoint >> 12);
            put(0x80 | (codePoint >> 6 & 0x3F));
            put(0x80 | (codePoint & 0x3F));
        } else {
            put(0xF0 | codePoint >> 18);
            put(0x80 | (codePoint >> 12 & 0x3F));
            put(0x80 | (codePoint >> 6 & 0x3F));
            put(0x80 | (codePoint & 0x3F));
        }
    }

    private void put(int octet) {
        if (length == limit) {
            over = true;
            return;
        }
        if (length == octets.length) {
            octets = Arrays.copyOf(octets, (int) Math.min(limit, 2L * length));
        }
        octets[length] = (byte) octet;
        length++;
    }

    /// A text as octets to be looked for.
    static byte[] needle(char[] folded) {
        return new String(folded).getBytes(StandardCharsets.UTF_8);
    }
}
