package org.postrider.transport;

import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A message as it arrives after DATA: runs of text are copied whole, and only dots and line ends
/// are looked at one by one.
///
/// Only a line that began after CRLF can end the message, and only by a dot and CRLF. So LF.LF,
/// LF.CRLF, CR.CR, CRLF.LF, CRLF.CR, CRLF.CRCRLF and the like end nothing (SMTP smuggling,
/// CVE-2023-51764 and its kin); they make the message one to refuse.
final class DottedStream extends DotStream {

    /// What came before the next octet.
    private enum State {
        LINE_START,
        TEXT,
        CR,
        DOT,
        DOT_CR,
        END
    }

    private final Framer framer;
    private State state = State.LINE_START;
    private @Nullable LineFault fault;

    DottedStream(Framer framer) {
        this.framer = framer;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        int written = 0;
        while (written == 0 && state != State.END) {
            framer.require();
            written = decode(into, offset, length);
        }
        return written == 0 ? -1 : written;
    }

    /// Decodes what the framer holds until that or the room is used up, and says how much was
    /// written.
    private int decode(byte[] into, int offset, int length) {
        byte[] from = framer.buffer();
        int position = framer.start();
        int end = framer.end();
        int to = offset;
        int room = offset + length;
        while (position < end && to < room && state != State.END) {
            byte octet = from[position];
            switch (state) {
                case LINE_START -> {
                    state = octet == '.' ? State.DOT : State.TEXT;
                    position += octet == '.' ? 1 : 0;
                }
                case DOT -> {
                    state = octet == '\r' ? State.DOT_CR : State.TEXT;
                    position += octet == '\r' ? 1 : 0;
                }
                case DOT_CR -> {
                    if (octet == '\n') {
                        state = State.END;
                        position++;
                    } else {
                        state = State.CR;
                        into[to++] = '\r';
                    }
                }
                case CR -> {
                    if (octet == '\n') {
                        state = State.LINE_START;
                        into[to++] = octet;
                        position++;
                    } else {
                        refuse(LineFault.BARE_CR_OR_LF);
                        state = State.TEXT;
                    }
                }
                case TEXT -> {
                    int run =
                            Octets.indexOfControl(
                                            from, position, Math.min(end, position + room - to))
                                    - position;
                    System.arraycopy(from, position, into, to, run);
                    position += run;
                    to += run;
                    if (position < end && to < room) {
                        into[to++] = control(from[position++]);
                    }
                }
                case END -> throw new IllegalStateException("read past the end");
            }
        }
        framer.taken(position);
        return to - offset;
    }

    private byte control(byte octet) {
        switch (octet) {
            case '\r' -> state = State.CR;
            case '\n' -> refuse(LineFault.BARE_CR_OR_LF);
            case 0 -> refuse(LineFault.NUL);
            default -> {
                // a tab or the like is text
            }
        }
        return octet;
    }

    private void refuse(LineFault found) {
        if (fault == null) {
            fault = found;
        }
    }

    @Override
    public Optional<LineFault> fault() {
        return Optional.ofNullable(fault);
    }

    boolean isFinished() {
        return state == State.END;
    }

    @Override
    public void close() throws IOException {
        byte[] rest = new byte[isFinished() ? 0 : 8192];
        while (!isFinished()) {
            read(rest, 0, rest.length);
        }
    }
}
