package org.postrider.storage.blob;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.CRC32C;

/// The layout of a segment file: a header, then records one after the other. What follows the last
/// whole record is the rest of a crash, and no row names it.
///
/// A record is a header of 16 octets and the payload. The header: the letters `PR`, the type, the
/// codec (an octet each); the CRC-32C of the payload and after it the header without the CRC; the
/// octets of the payload; the octets as they are served. All numbers are big-endian.
///
/// The first version (file magic `PRSEG001`) knew bodies only: the letters `PRB1`, the CRC-32C of
/// the payload, the octets as a number of eight octets. No type is `B`, so a record's first letters
/// tell its version.
final class SegmentFormat {

    static final int FILE_HEADER = 16;
    static final int RECORD_HEADER = 16;
    private static final byte[] FILE_MAGIC = "PRSEG002".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] FIRST_FILE_MAGIC = "PRSEG001".getBytes(StandardCharsets.US_ASCII);
    private static final short RECORD_MAGIC = 0x50_52;
    private static final int FIRST_RECORD_MAGIC = 0x50_52_42_31;

    private SegmentFormat() {}

    static Path path(Path directory, long number) {
        return directory.resolve(String.format(Locale.ROOT, "%012d.seg", number));
    }

    static ByteBuffer fileHeader(long number) {
        return ByteBuffer.allocate(FILE_HEADER).put(FILE_MAGIC).putLong(number).flip();
    }

    /// Whether these are the first octets of a segment, of either version.
    static boolean isFileHeader(byte[] octets) {
        return startsWith(octets, FILE_MAGIC) || startsWith(octets, FIRST_FILE_MAGIC);
    }

    private static boolean startsWith(byte[] octets, byte[] magic) {
        return octets.length >= FILE_HEADER
                && java.util.Arrays.equals(octets, 0, magic.length, magic, 0, magic.length);
    }

    /// What the header of a record says.
    ///
    /// @param first whether it is of the first version
    record Header(
            RecordType type, BodyCodec codec, int checksum, int stored, int size, boolean first) {

        /// Whether a row that names this place means this record.
        boolean isOf(BodyPlace place) {
            return codec == place.codec() && stored == place.stored() && size == place.size();
        }

        BodyPlace at(long pack, long offset) {
            return new BodyPlace(pack, offset, stored, codec, size);
        }

        /// Whether the payload that was counted is the one that was written.
        boolean matches(CRC32C payload) {
            if (!first) {
                payload.update(fields(type, codec, stored, size));
            }
            return checksum == (int) payload.getValue();
        }
    }

    /// A header for a payload that was counted, and will be at that place.
    static ByteBuffer header(RecordType type, CRC32C payload, BodyPlace place) {
        payload.update(fields(type, place.codec(), place.stored(), place.size()));
        return ByteBuffer.allocate(RECORD_HEADER)
                .putShort(RECORD_MAGIC)
                .put((byte) type.number())
                .put((byte) place.codec().number())
                .putInt((int) payload.getValue())
                .putInt(place.stored())
                .putInt(place.size())
                .flip();
    }

    private static ByteBuffer fields(RecordType type, BodyCodec codec, int stored, int size) {
        return ByteBuffer.allocate(RECORD_HEADER - Integer.BYTES)
                .putShort(RECORD_MAGIC)
                .put((byte) type.number())
                .put((byte) codec.number())
                .putInt(stored)
                .putInt(size)
                .flip();
    }

    /// Reads a header, if it is one.
    static Optional<Header> header(ByteBuffer octets) {
        return octets.getInt(octets.position()) == FIRST_RECORD_MAGIC
                ? firstHeader(octets)
                : secondHeader(octets);
    }

    private static Optional<Header> firstHeader(ByteBuffer octets) {
        octets.getInt();
        int checksum = octets.getInt();
        long length = octets.getLong();
        return length < 0 || length > Integer.MAX_VALUE
                ? Optional.empty()
                : Optional.of(
                        new Header(
                                RecordType.BODY,
                                BodyCodec.NONE,
                                checksum,
                                (int) length,
                                (int) length,
                                true));
    }

    private static Optional<Header> secondHeader(ByteBuffer octets) {
        short magic = octets.getShort();
        var type = RecordType.of(octets.get());
        int codec = octets.get();
        int checksum = octets.getInt();
        int stored = octets.getInt();
        int size = octets.getInt();
        if (magic != RECORD_MAGIC
                || type.isEmpty()
                || !BodyCodec.knows(codec)
                || stored < 0
                || size < 0
                || (codec == BodyCodec.NONE.number() && stored != size)) {
            return Optional.empty();
        }
        return Optional.of(
                new Header(type.get(), BodyCodec.of(codec), checksum, stored, size, false));
    }
}
