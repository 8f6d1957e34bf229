package org.postrider.storage.blob;

/// Where a body is.
///
/// @param pack 0: in the database; else the number of a segment
/// @param offset in the database the number of the blob; in a segment the offset of the record
/// @param length octets
public record BodyPlace(long pack, long offset, int length) {

    public BodyPlace {
        if (pack < 0 || offset < 0 || length < 0) {
            throw new IllegalArgumentException("not a place: " + pack + ", " + offset);
        }
    }
}
