package org.postrider.storage.blob;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Objects;

/// Octets that come piece by piece.
public abstract class PieceStream extends InputStream {

    private ByteBuffer piece = ByteBuffer.allocate(0);

    /// The next octets, in an array; none at the end.
    protected abstract ByteBuffer next() throws IOException;

    @Override
    public final int read() throws IOException {
        return fill() ? piece.get() & 0xFF : -1;
    }

    @Override
    public final int read(byte[] into, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, into.length);
        if (length == 0) {
            return 0;
        }
        if (!fill()) {
            return -1;
        }
        int count = Math.min(length, piece.remaining());
        piece.get(into, offset, count);
        return count;
    }

    @Override
    public final int available() {
        return piece.remaining();
    }

    /// Whether there is an octet in the piece now.
    private boolean fill() throws IOException {
        if (!piece.hasRemaining()) {
            piece = next();
        }
        return piece.hasRemaining();
    }
}
