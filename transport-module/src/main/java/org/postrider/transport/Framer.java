package org.postrider.transport;

import java.io.IOException;
import java.util.Arrays;

/// Cuts what arrived into lines, and lends its buffer to the streams that take octets and messages.
///
/// A line ends with CRLF and holds neither CR, LF nor NUL (RFC 5321 §2.3.8). An LF without its CR
/// ends a line too, so that both sides know where the next one begins, but such a line is refused:
/// what another server might read as the end of a message is never one here. A line that is too
/// long is dropped while it arrives. The worker's thread alone is in here.
final class Framer {

    private static final byte[] EMPTY = new byte[0];
    private static final int SMALLEST = 256;
    private static final int LARGEST = 16 << 10;

    /// Where octets come from.
    interface Source {
        /// How many octets can be taken at once.
        int available();

        /// Takes what is there, 0 for none.
        int take(byte[] into, int offset, int length);

        /// Waits until there is something to take.
        void await() throws IOException;
    }

    private final Source source;
    private final int endless;

    private byte[] buffer = EMPTY;
    private int start;
    private int scanned;
    private int end;
    private int limit;
    private int discarded;

    Framer(Source source, int limit, int endless) {
        this.source = source;
        this.limit = limit;
        this.endless = endless;
    }

    void limit(int octets) {
        limit = octets;
    }

    /// The next line, if it is complete. Does not wait.
    Framed poll() {
        while (true) {
            int lf = Octets.indexOf(buffer, (byte) '\n', scanned, end);
            if (lf >= 0) {
                return cut(lf);
            }
            scanned = end;
            if (discarded > 0 || end - start > limit + 1) {
                discarded += end - start;
                start = end;
                scanned = end;
            }
            if (discarded > endless) {
                return Framed.Endless.ENDLESS;
            }
            if (!fill()) {
                return Framed.Incomplete.INCOMPLETE;
            }
        }
    }

    private Framed cut(int lf) {
        boolean crlf = lf > start && buffer[lf - 1] == '\r';
        int from = start;
        int to = crlf ? lf - 1 : lf;
        start = lf + 1;
        scanned = start;
        if (discarded > 0 || to - from > limit) {
            discarded = 0;
            return new Framed.Refused(LineFault.TOO_LONG);
        }
        if (!crlf || Octets.indexOf(buffer, (byte) '\r', from, to) >= 0) {
            return new Framed.Refused(LineFault.BARE_CR_OR_LF);
        }
        if (Octets.indexOf(buffer, (byte) 0, from, to) >= 0) {
            return new Framed.Refused(LineFault.NUL);
        }
        return new Framed.Line(Arrays.copyOfRange(buffer, from, to));
    }

    /// Takes more octets into the buffer; false when none wait.
    private boolean fill() {
        int available = source.available();
        if (available == 0) {
            return false;
        }
        if (start == end) {
            int wanted = Math.clamp(available, SMALLEST, LARGEST);
            buffer = buffer.length < wanted ? new byte[wanted] : buffer;
            taken(0);
            end = 0;
        } else if (end == buffer.length) {
            int kept = end - start;
            byte[] larger = kept > buffer.length / 2 ? new byte[buffer.length * 2] : buffer;
            System.arraycopy(buffer, start, larger, 0, kept);
            buffer = larger;
            scanned -= start;
            start = 0;
            end = kept;
        }
        end += source.take(buffer, end, buffer.length - end);
        return true;
    }

    /// Whether a client has sent more than was taken.
    boolean hasMore() {
        return start < end || source.available() > 0;
    }

    /// Keeps no buffer when nothing is in it.
    void rest() {
        if (start == end) {
            buffer = EMPTY;
            taken(0);
            end = 0;
        }
    }

    // For the streams, which read the buffer in place.

    /// Waits until the buffer holds something not taken.
    void require() throws IOException {
        while (start == end) {
            if (!fill()) {
                source.await();
            }
        }
    }

    byte[] buffer() {
        return buffer;
    }

    int start() {
        return start;
    }

    int end() {
        return end;
    }

    /// The octets before this position are taken.
    void taken(int position) {
        start = position;
        scanned = position;
    }

    /// Takes octets into the reader's own array, past the buffer when that is empty.
    int take(byte[] into, int offset, int length) throws IOException {
        if (start == end) {
            while (true) {
                int taken = source.take(into, offset, length);
                if (taken > 0) {
                    return taken;
                }
                source.await();
            }
        }
        int part = Math.min(length, end - start);
        System.arraycopy(buffer, start, into, offset, part);
        taken(start + part);
        return part;
    }
}
