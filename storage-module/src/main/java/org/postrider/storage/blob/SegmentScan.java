package org.postrider.storage.blob;

import java.io.BufferedInputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.CRC32C;

/// Reads a segment file from its begin to its end, record by record, without a database.
public final class SegmentScan {

    private static final int BUFFER = 256 << 10;

    private final long number;
    private final Path file;

    private SegmentScan(long number, Path file) {
        this.number = number;
        this.file = file;
    }

    /// The scan of one segment of a directory.
    public static SegmentScan of(Path directory, long number) {
        return new SegmentScan(number, SegmentFormat.path(directory, number));
    }

    /// A record.
    ///
    /// @param intact whether its octets are those that were written; where not, the disk has
    ///   changed them, or a crash came before they were forced
    public record Found(RecordType type, BodyPlace place, boolean intact) {}

    /// Takes one record at a time.
    @FunctionalInterface
    public interface Visitor {
        /// @param octets the payload as it is stored, where it was asked for, else empty
        void accept(Found found, byte[] octets) throws IOException;
    }

    /// Which payloads a visitor wants in memory.
    @FunctionalInterface
    public interface Wanted {
        boolean test(RecordType type, BodyPlace place);
    }

    /// Hands over each record; a body's payload is checked but never in memory.
    ///
    /// @return where the last record ends: what follows is torn
    public long run(Visitor visitor) throws IOException {
        return run((type, _) -> type != RecordType.BODY, visitor);
    }

    /// Hands over each record.
    ///
    /// @return where the last record ends: what follows is torn
    public long run(Wanted wanted, Visitor visitor) throws IOException {
        long end = file.toFile().length();
        try (var octets = new BufferedInputStream(new FileInputStream(file.toFile()), BUFFER)) {
            if (!SegmentFormat.isFileHeader(octets.readNBytes(SegmentFormat.FILE_HEADER))) {
                return 0;
            }
            long at = SegmentFormat.FILE_HEADER;
            while (true) {
                var header = header(octets);
                long next = at + SegmentFormat.RECORD_HEADER;
                if (header.isEmpty() || next + header.get().stored() > end) {
                    return at;
                }
                var place = header.get().at(number, at);
                record(octets, header.get(), place, wanted, visitor);
                at = next + header.get().stored();
            }
        }
    }

    private static Optional<SegmentFormat.Header> header(InputStream octets) throws IOException {
        var header = octets.readNBytes(SegmentFormat.RECORD_HEADER);
        return header.length < SegmentFormat.RECORD_HEADER
                ? Optional.empty()
                : SegmentFormat.header(ByteBuffer.wrap(header));
    }

    private static void record(
            InputStream octets,
            SegmentFormat.Header header,
            BodyPlace place,
            Wanted wanted,
            Visitor visitor)
            throws IOException {
        var kept = new byte[wanted.test(header.type(), place) ? header.stored() : 0];
        var piece = new byte[Math.min(BUFFER, header.stored())];
        var checksum = new CRC32C();
        int at = 0;
        while (at < header.stored()) {
            int count = octets.readNBytes(piece, 0, Math.min(piece.length, header.stored() - at));
            if (count == 0) {
                break;
            }
            checksum.update(piece, 0, count);
            if (kept.length > 0) {
                System.arraycopy(piece, 0, kept, at, count);
            }
            at += count;
        }
        boolean intact = at == header.stored() && header.matches(checksum);
        visitor.accept(new Found(header.type(), place, intact), kept);
    }
}
