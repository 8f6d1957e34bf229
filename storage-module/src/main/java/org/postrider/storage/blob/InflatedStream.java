package org.postrider.storage.blob;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/// Octets of a body that is stored as [BodyCodec#DEFLATE], block by block. Each deflated block has
/// a checksum of its own.
public final class InflatedStream extends PieceStream {

    private static final int BLOCK = BlockDeflater.BLOCK;

    private final InputStream stored;
    private final BodyPlace place;
    private final long end;
    private final Inflater inflater = new Inflater();

    private long at;
    private int skip;

    /// @param stored the stored octets from the block on in which `offset` is
    private InflatedStream(InputStream stored, BodyPlace place, long offset, long end) {
        this.stored = stored;
        this.place = place;
        this.skip = (int) (offset % BLOCK);
        this.at = offset - skip;
        this.end = end;
    }

    /// Opens stored octets.
    @FunctionalInterface
    public interface Stored {
        InputStream open(long offset, long length) throws IOException;
    }

    /// Octets as they are served, from `offset` on at most `length` of them.
    public static InputStream open(BodyPlace place, long offset, long length, Stored stored)
            throws IOException {
        long from = Math.min(offset, place.size());
        long end = Math.min(place.size(), from + Math.max(0, length));
        if (from == end) {
            return InputStream.nullInputStream();
        }
        int first = (int) (from / BLOCK);
        long begin = first == 0 ? 0 : beginOf(first, place, stored);
        long blocks = (end - 1) / BLOCK - first + 1;
        long most = end == place.size() ? place.stored() : blocks * (Integer.BYTES + BLOCK);
        return new InflatedStream(stored.open(begin, most), place, from, end);
    }

    /// Where a block is among the stored octets.
    private static long beginOf(int block, BodyPlace place, Stored stored) throws IOException {
        int blocks = (place.size() + BLOCK - 1) / BLOCK;
        long index = place.stored() - (long) blocks * Integer.BYTES;
        try (var octets = stored.open(index, (long) block * Integer.BYTES)) {
            var lengths = ByteBuffer.wrap(octets.readNBytes(block * Integer.BYTES));
            long begin = 0;
            for (int i = 0; i < block && lengths.remaining() >= Integer.BYTES; i++) {
                begin += Integer.BYTES + lengths.getInt();
            }
            return begin;
        }
    }

    @Override
    protected ByteBuffer next() throws IOException {
        if (at >= end) {
            return ByteBuffer.allocate(0);
        }
        int size = (int) Math.min(BLOCK, place.size() - at);
        var block = block(size);
        at += size;
        int from = skip;
        skip = 0;
        if (at == place.size()) {
            stored.transferTo(java.io.OutputStream.nullOutputStream());
        }
        return ByteBuffer.wrap(block, from, (int) Math.min(size, end - (at - size)) - from);
    }

    /// Reads the next block.
    private byte[] block(int size) throws IOException {
        var prefix = stored.readNBytes(Integer.BYTES);
        int length = prefix.length < Integer.BYTES ? -1 : ByteBuffer.wrap(prefix).getInt();
        if (length < 0 || length > size) {
            throw new DamagedBody(place);
        }
        var octets = stored.readNBytes(length);
        if (octets.length < length) {
            throw new DamagedBody(place);
        }
        return length == size ? octets : inflated(octets, size);
    }

    private byte[] inflated(byte[] octets, int size) throws DamagedBody {
        var block = new byte[size];
        inflater.reset();
        inflater.setInput(octets);
        try {
            int count = inflater.inflate(block);
            if (count == size
                    && (inflater.finished() || inflater.inflate(new byte[1]) == 0)
                    && inflater.finished()) {
                return block;
            }
        } catch (DataFormatException e) {
            throw new DamagedBody(place);
        }
        throw new DamagedBody(place);
    }

    @Override
    public void close() throws IOException {
        inflater.end();
        stored.close();
    }
}
