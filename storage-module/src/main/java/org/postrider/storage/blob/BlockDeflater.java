package org.postrider.storage.blob;

import java.nio.ByteBuffer;
import java.util.zip.Deflater;

/// Writes the blocks of [BodyCodec#DEFLATE].
///
/// A body is cut into blocks of 64 KiB. A block is a number of four octets, how many octets follow,
/// and those: a zlib stream, or the block as it is where that number is the block's size. After the
/// last block come the numbers of all blocks once more, so that a range is found by them.
///
/// Deflating pays where it saves a quarter: text and HTML save half and more and take 10 ms of
/// processor time for a megabyte; base64 saves less than a quarter and takes 70 ms, so a block is
/// looked at by its first 4 KiB before it is deflated. Small bodies are left alone: what they would
/// save is less than what their rows take.
final class BlockDeflater implements AutoCloseable {

    /// Octets in a block; only the last one of a body has fewer.
    static final int BLOCK = 64 << 10;

    /// Bodies of fewer octets stay as they are.
    static final int SMALLEST = 16 << 10;

    /// What a deflater and its buffers take.
    static final int MEMORY = 512 << 10;

    private static final int SAMPLE = 4 << 10;

    private final Deflater deflater = new Deflater(Deflater.BEST_SPEED);
    private final byte[] out = new byte[BLOCK];

    /// Makes a block of octets.
    ///
    /// @return the block, valid until the next; as long as the octets where deflating does not pay
    ByteBuffer block(byte[] octets, int from, int length) {
        int most = worthwhile(length);
        int sample = Math.min(SAMPLE, length);
        if (deflated(octets, from, sample, worthwhile(sample)) >= 0) {
            int count = deflated(octets, from, length, most);
            if (count >= 0) {
                return ByteBuffer.wrap(out, 0, count);
            }
        }
        return ByteBuffer.wrap(octets, from, length);
    }

    /// Deflates a body in memory, in place: blocks take less room than what they are made of.
    ///
    /// @return octets of the body as stored; -1 when it stays as it is
    static int inPlace(byte[] body, int length) {
        if (length < SMALLEST) {
            return -1;
        }
        try (var deflater = new BlockDeflater()) {
            var index = ByteBuffer.allocate((length + BLOCK - 1) / BLOCK * Integer.BYTES);
            var stored = ByteBuffer.wrap(body);
            for (int at = 0; at < length; at += BLOCK) {
                int size = Math.min(BLOCK, length - at);
                var block = deflater.block(body, at, size);
                if (at == 0 && block.remaining() == size) {
                    return -1;
                }
                index.putInt(block.remaining());
                stored.putInt(block.remaining());
                System.arraycopy(
                        block.array(),
                        block.arrayOffset() + block.position(),
                        body,
                        stored.position(),
                        block.remaining());
                stored.position(stored.position() + block.remaining());
            }
            return stored.put(index.flip()).position();
        }
    }

    /// How many octets so many may become, so that it pays.
    private static int worthwhile(int length) {
        return length - length / 4;
    }

    /// @return octets in [#out]; -1 when there would be more than `most`
    private int deflated(byte[] octets, int from, int length, int most) {
        deflater.reset();
        deflater.setInput(octets, from, length);
        deflater.finish();
        int count = 0;
        while (!deflater.finished()) {
            if (count == most) {
                return -1;
            }
            count += deflater.deflate(out, count, most - count);
        }
        return count;
    }

    @Override
    public void close() {
        deflater.end();
    }
}
