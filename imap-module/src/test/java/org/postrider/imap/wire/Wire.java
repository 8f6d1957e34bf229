package org.postrider.imap.wire;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// A client's octets as the reader sees them on a connection, and what it asked for.
final class Wire implements LiteralInput {

    static final int LARGEST_LITERAL = 1000;

    private final byte[] octets;
    private int at;
    private int asked;

    /// @param octets one character each, lines ended by CRLF
    Wire(String octets) {
        this(octets.getBytes(StandardCharsets.ISO_8859_1));
    }

    Wire(byte[] octets) {
        this.octets = octets;
    }

    /// How often the client was asked to go on.
    int asked() {
        return asked;
    }

    /// What was not read.
    String rest() {
        return new String(octets, at, octets.length - at, StandardCharsets.ISO_8859_1);
    }

    /// Reads the command that comes next.
    ImapCommand command() throws IOException, SyntaxError {
        var reader = new ImapReader(nextLine(), this);
        reader.tag();
        reader.space();
        return new CommandReader(reader, ImapLimits.DEFAULT).command(reader.verb());
    }

    static ImapCommand command(String text) throws IOException, SyntaxError {
        return new Wire("a " + text + "\r\n").command();
    }

    @Override
    public byte[] take(Literal literal) throws IOException, SyntaxError {
        if (literal.octets() > LARGEST_LITERAL) {
            throw new SyntaxError("too large");
        }
        return open(literal).readAllBytes();
    }

    @Override
    public InputStream open(Literal literal) throws IOException {
        asked += literal.awaited() ? 1 : 0;
        if (literal.octets() > octets.length - at) {
            throw new EOFException();
        }
        int from = at;
        at += (int) literal.octets();
        return new ByteArrayInputStream(octets, from, (int) literal.octets());
    }

    @Override
    public byte[] nextLine() throws IOException {
        for (int end = at; end + 1 < octets.length; end++) {
            if (octets[end] == '\r' && octets[end + 1] == '\n') {
                var line = Arrays.copyOfRange(octets, at, end);
                at = end + 2;
                return line;
            }
        }
        throw new EOFException();
    }

    @Override
    public void skip(Literal literal) throws IOException, SyntaxError {
        if (literal.octets() > LARGEST_LITERAL) {
            throw SyntaxError.fatal(ImapStatus.bye("too large"));
        }
        open(literal).close();
    }

    /// What a writer writes.
    static String written(Writing writing) throws IOException {
        var out = new ByteArrayOutputStream();
        var writer = new ImapWriter(out::write);
        writing.to(writer);
        writer.flush();
        return out.toString(StandardCharsets.ISO_8859_1);
    }

    interface Writing {
        void to(ImapWriter out) throws IOException;
    }
}
