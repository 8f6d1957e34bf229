package org.postrider.storage.blob;

/// Where octets are, and how.
///
/// @param pack 0: in the database; else the number of a segment
/// @param offset in the database the number of the blob; in a segment the offset of the record
/// @param stored octets as they are stored
/// @param codec how they are stored
/// @param size octets as they are served
public record BodyPlace(long pack, long offset, int stored, BodyCodec codec, int size) {

    public BodyPlace {
        if (pack < 0 || offset < 0 || stored < 0 || size < 0) {
            throw new IllegalArgumentException("not a place: " + pack + ", " + offset);
        }
        if (codec == BodyCodec.NONE && stored != size) {
            throw new IllegalArgumentException(
                    "as they are %d octets are not %d".formatted(stored, size));
        }
    }

    /// Octets that are stored as they are.
    public static BodyPlace plain(long pack, long offset, int size) {
        return new BodyPlace(pack, offset, size, BodyCodec.NONE, size);
    }
}
