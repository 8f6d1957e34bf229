package org.postrider.imap.wire;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.postrider.storage.mailbox.MailboxName;
import org.postrider.storage.mailbox.StoreUnavailable;

/// Writes responses: words straight into one buffer, which goes out in pieces of about 32 KB and is
/// given up between commands, so that an idle connection holds none.
public final class ImapWriter {

    private static final int LARGEST_BUFFER = 32 * 1024;
    private static final int FIRST_BUFFER = 512;
    private static final int LONGEST_QUOTED = 1000;
    private static final byte[] NONE = {};

    /// Where full buffers go.
    @FunctionalInterface
    public interface Sink {
        /// Takes octets; the array is used again afterwards.
        void write(byte[] octets, int offset, int length) throws IOException;
    }

    private final Sink sink;
    private byte[] buffer = NONE;
    private int length;
    private boolean midLine;

    public ImapWriter(Sink sink) {
        this.sink = sink;
    }

    /// Whether a response has begun that has not ended: nothing else may be written then.
    public boolean isMidLine() {
        return midLine;
    }

    /// Hands over what was written and gives up the buffer.
    public void flush() throws IOException {
        drain();
        buffer = NONE;
    }

    /// Writes printable US-ASCII as it is.
    public ImapWriter text(String text) throws IOException {
        return octets(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    public ImapWriter octets(byte[] octets) throws IOException {
        return octets(octets, 0, octets.length);
    }

    public ImapWriter octets(byte[] octets, int offset, int count) throws IOException {
        midLine = true;
        if (count > LARGEST_BUFFER) {
            drain();
            sink.write(octets, offset, count);
            return this;
        }
        room(count);
        System.arraycopy(octets, offset, buffer, length, count);
        length += count;
        return this;
    }

    public ImapWriter number(long number) throws IOException {
        midLine = true;
        room(20);
        int digits = 1;
        for (long rest = number; rest >= 10; rest /= 10) {
            digits++;
        }
        long rest = number;
        for (int at = length + digits - 1; at >= length; at--) {
            buffer[at] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        length += digits;
        return this;
    }

    public ImapWriter octet(char ascii) throws IOException {
        midLine = true;
        room(1);
        buffer[length++] = (byte) ascii;
        return this;
    }

    public ImapWriter space() throws IOException {
        return octet(' ');
    }

    public ImapWriter nil() throws IOException {
        return text("NIL");
    }

    public ImapWriter crlf() throws IOException {
        room(2);
        buffer[length++] = '\r';
        buffer[length++] = '\n';
        midLine = false;
        return this;
    }

    /// A string in which every character is one octet, or NIL: quoted where it can be, else a
    /// literal (RFC 3501 §4.3).
    public ImapWriter nstring(@Nullable String latin1) throws IOException {
        return latin1 == null ? nil() : string(latin1);
    }

    /// A string in which every character is one octet: quoted where it can be, else a literal.
    public ImapWriter string(String latin1) throws IOException {
        var octets = latin1.getBytes(StandardCharsets.ISO_8859_1);
        int escapes = 0;
        for (byte octet : octets) {
            if (octet <= 0 || octet == '\r' || octet == '\n') {
                return literal(octets);
            }
            if (octet == '"' || octet == '\\') {
                escapes++;
            }
        }
        if (octets.length > LONGEST_QUOTED) {
            return literal(octets);
        }
        return octet('"').octets(escapes == 0 ? octets : escaped(octets, escapes)).octet('"');
    }

    private static byte[] escaped(byte[] octets, int escapes) {
        var escaped = new byte[octets.length + escapes];
        int at = 0;
        for (byte octet : octets) {
            if (octet == '"' || octet == '\\') {
                escaped[at++] = '\\';
            }
            escaped[at++] = octet;
        }
        return escaped;
    }

    /// An atom where the text can be one, else a string.
    public ImapWriter astring(String latin1) throws IOException {
        return isAtom(latin1) ? text(latin1) : string(latin1);
    }

    /// A mailbox name (RFC 3501 §9 `mailbox`), quoted always: some clients read LIST with a pattern
    /// that wants quotes.
    public ImapWriter mailbox(MailboxName name) throws IOException {
        return string(ModifiedUtf7.encode(name.value()));
    }

    public ImapWriter literal(byte[] octets) throws IOException {
        return literalHead(octets.length).octets(octets);
    }

    /// Announces a literal whose octets follow.
    public ImapWriter literalHead(long octets) throws IOException {
        return octet('{').number(octets).text("}\r\n");
    }

    /// Copies octets of a literal from the store.
    ///
    /// @throws StoreUnavailable when the store does not give them
    public ImapWriter copy(InputStream octets, long count) throws IOException {
        long left = count;
        while (left > 0) {
            int room = room((int) Math.min(left, 4096));
            int got = read(octets, (int) Math.min(left, room));
            length += got;
            left -= got;
        }
        return this;
    }

    /// An untagged status response, complete.
    public ImapWriter untagged(ImapStatus status) throws IOException {
        return text("* ").text(status.toString()).crlf();
    }

    /// The end of a command.
    public ImapWriter tagged(String tag, ImapStatus status) throws IOException {
        return text(tag).space().text(status.toString()).crlf();
    }

    static boolean isAtom(String text) {
        return !text.isEmpty()
                && !text.equalsIgnoreCase("NIL")
                && text.chars().allMatch(ImapReader::isAstringChar);
    }

    private int read(InputStream octets, int most) {
        try {
            int got = octets.read(buffer, length, most);
            if (got < 0) {
                throw new StoreUnavailable("a message is shorter than it should be");
            }
            return got;
        } catch (IOException e) {
            throw new StoreUnavailable("a message cannot be read", e);
        }
    }

    /// Makes room for `count` octets, [#LARGEST_BUFFER] at most, and says how much there is.
    private int room(int count) throws IOException {
        if (buffer.length - length < count) {
            if (length + count > LARGEST_BUFFER) {
                drain();
            }
            if (buffer.length - length < count) {
                int size = Math.max(Math.max(FIRST_BUFFER, 2 * buffer.length), length + count);
                buffer = Arrays.copyOf(buffer, Math.min(size, LARGEST_BUFFER));
            }
        }
        return buffer.length - length;
    }

    private void drain() throws IOException {
        int count = length;
        length = 0;
        if (count > 0) {
            sink.write(buffer, 0, count);
        }
    }
}
