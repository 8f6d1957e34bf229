package org.postrider.storage.blob;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;

/// The layout of a segment file: a header, then records one after the other. A record is a magic
/// number, the CRC-32C of the octets, their count, the octets. What follows the last whole record
/// is the rest of a crash, and no row names it.
final class SegmentFormat {

    static final int FILE_HEADER = 16;
    static final int RECORD_HEADER = 16;
    private static final byte[] FILE_MAGIC = "PRSEG001".getBytes(StandardCharsets.US_ASCII);
    private static final int RECORD_MAGIC = 0x50_52_42_31;

    private SegmentFormat() {}

    static Path path(Path directory, long number) {
        return directory.resolve(String.format(Locale.ROOT, "%012d.seg", number));
    }

    static ByteBuffer fileHeader(long number) {
        return ByteBuffer.allocate(FILE_HEADER).put(FILE_MAGIC).putLong(number).flip();
    }

    static ByteBuffer recordHeader(int length, int checksum) {
        var header = ByteBuffer.allocate(RECORD_HEADER);
        return header.putInt(RECORD_MAGIC).putInt(checksum).putLong(length).flip();
    }

    /// The checksum in a record's header.
    ///
    /// @throws DamagedBody when this is not the header of a record of that length
    static int checksum(ByteBuffer header, BodyPlace place) throws DamagedBody {
        int magic = header.getInt();
        int checksum = header.getInt();
        if (magic != RECORD_MAGIC || header.getLong() != place.length()) {
            throw new DamagedBody(place);
        }
        return checksum;
    }
}
