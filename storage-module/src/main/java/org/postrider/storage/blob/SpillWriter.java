package org.postrider.storage.blob;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// Puts the octets of a large body to disk, deflated where that pays: its first block decides, and
/// where memory is short nothing is deflated.
final class SpillWriter {

    private final BodyStore.Spill spill;
    private final StagingMemory memory;
    private final ByteArrayOutputStream index = new ByteArrayOutputStream();

    private @Nullable BlockDeflater deflater;
    private byte[] block = new byte[0];
    private int used;
    private long size;
    private BodyCodec codec = BodyCodec.NONE;

    SpillWriter(BodyStore.Spill spill, StagingMemory memory) {
        this.spill = spill;
        this.memory = memory;
        if (memory.take(BlockDeflater.MEMORY)) {
            deflater = new BlockDeflater();
            block = new byte[BlockDeflater.BLOCK];
        }
    }

    void write(byte[] octets, int offset, int length) throws IOException {
        int at = offset;
        int left = length;
        size += length;
        while (left > 0 && deflater != null) {
            int count = Math.min(left, block.length - used);
            System.arraycopy(octets, at, block, used, count);
            used += count;
            at += count;
            left -= count;
            if (used == block.length) {
                writeBlock(deflater);
            }
        }
        if (left > 0) {
            spill.write(octets, at, left);
        }
    }

    /// Ends it. The octets are durable when this returns.
    BodyPlace finish() throws IOException {
        if (deflater != null && used > 0) {
            writeBlock(deflater);
        }
        if (codec == BodyCodec.DEFLATE) {
            spill.write(index.toByteArray(), 0, index.size());
        }
        forget();
        return spill.finish(codec, Math.toIntExact(size));
    }

    void discard() {
        forget();
        spill.release(true);
    }

    BodyStore.Spill spill() {
        return spill;
    }

    private void writeBlock(BlockDeflater with) throws IOException {
        var octets = with.block(block, 0, used);
        if (codec == BodyCodec.NONE && octets.remaining() == used) {
            spill.write(block, 0, used);
            forget();
            return;
        }
        codec = BodyCodec.DEFLATE;
        var prefix = ByteBuffer.allocate(Integer.BYTES).putInt(octets.remaining()).array();
        index.write(prefix);
        spill.write(prefix, 0, prefix.length);
        spill.write(octets.array(), octets.arrayOffset() + octets.position(), octets.remaining());
        used = 0;
    }

    /// From now on octets are written as they are.
    private void forget() {
        used = 0;
        if (deflater != null) {
            deflater.close();
            deflater = null;
            block = new byte[0];
            memory.giveBack(BlockDeflater.MEMORY);
        }
    }
}
