package org.postrider.storage.blob;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// The octets of messages. Whether anybody still wants them is the affair of the rows that name
/// them: octets without a row are harmless, a row without octets must be impossible.
public interface BodyStore extends AutoCloseable {

    /// Begins to receive octets that are too many for memory; they are on disk, outside any group.
    Spill spill(RecordType type) throws IOException;

    /// Makes sure that the octets are durable when the group is: called by the lane, before the
    /// rows that name them.
    ///
    /// @param notes what segments say beside the bodies; asked for when each body has its place.
    ///   Where the octets are in the database there is nothing to be said beside them.
    void persist(List<StagedBody> group, Supplier<List<SegmentNote>> notes) throws IOException;

    /// Reads octets of a body as they are served, from `offset` on at most `length` of them.
    InputStream open(BodyPlace place, long offset, long length) throws IOException;

    /// Whether the body is there, whole and as it came.
    ///
    /// @param digest the SHA-256 of its octets
    boolean verify(BodyPlace place, byte[] digest) throws IOException;

    /// Looks whether octets are where they should be, without reading them.
    ///
    /// @return what is wrong, of those that are not
    Map<BodyPlace, String> missing(List<BodyPlace> places) throws IOException;

    @Override
    void close();

    /// A large body being received.
    interface Spill {

        void write(byte[] octets, int offset, int length) throws IOException;

        /// Ends it. The octets are durable when this returns.
        ///
        /// @param codec how what was written is stored
        /// @param size how many octets are served
        BodyPlace finish(BodyCodec codec, int size) throws IOException;

        /// It has its row, or never will.
        ///
        /// @param abandoned no row names it: its space is given back, as far as that is easy
        void release(boolean abandoned);
    }
}
