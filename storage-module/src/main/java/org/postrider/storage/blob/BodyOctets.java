package org.postrider.storage.blob;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

/// Serves a body whose stored octets are in memory.
public final class BodyOctets {

    private BodyOctets() {}

    /// Octets as they are served, from `offset` on at most `length` of them.
    ///
    /// @param stored all that is stored of the body
    /// @throws DamagedBody when these are not as many as the place says
    public static InputStream open(BodyPlace place, byte[] stored, long offset, long length)
            throws IOException {
        if (stored.length != place.stored()) {
            throw new DamagedBody(place);
        }
        return switch (place.codec()) {
            case NONE -> piece(stored, offset, length);
            case DEFLATE ->
                    InflatedStream.open(
                            place, offset, length, (from, count) -> piece(stored, from, count));
        };
    }

    /// Some of these octets, as far as there are any.
    public static InputStream piece(byte[] octets, long offset, long length) {
        int from = (int) Math.min(offset, octets.length);
        int count = Math.clamp(length, 0, octets.length - from);
        return new ByteArrayInputStream(octets, from, count);
    }
}
