package org.postrider.transport;

import java.io.IOException;
import java.io.InputStream;

/// A number of octets announced beforehand: a literal, a chunk.
final class OctetStream extends InputStream {

    private final Framer framer;
    private long left;

    OctetStream(Framer framer, long count) {
        this.framer = framer;
        this.left = count;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (left == 0) {
            return -1;
        }
        int taken = length == 0 ? 0 : framer.take(into, offset, (int) Math.min(length, left));
        left -= taken;
        return taken;
    }

    @Override
    public int available() {
        return (int) Math.min(left, framer.end() - framer.start());
    }

    boolean isFinished() {
        return left == 0;
    }

    @Override
    public void close() throws IOException {
        byte[] rest = new byte[(int) Math.min(left, 8192)];
        while (left > 0) {
            left -= framer.take(rest, 0, (int) Math.min(left, rest.length));
        }
    }
}
