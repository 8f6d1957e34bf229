package org.postrider.storage.blob;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A body that was received and waits to be delivered: in memory, or on disk at its final place.
public final class StagedBody {

    private final RecordType type;
    private final int length;
    private final byte[] digest;
    private final @Nullable Spill spilled;
    private final StagingMemory memory;
    private final int reserved;

    private byte @Nullable [] octets;
    private volatile @Nullable BodyPlace place;

    private record Spill(BodyStore.Spill spill) {}

    StagedBody(
            RecordType type,
            byte @Nullable [] octets,
            int length,
            byte[] digest,
            BodyStore.@Nullable Spill spill,
            @Nullable BodyPlace place,
            StagingMemory memory,
            int reserved) {
        this.type = type;
        this.octets = octets;
        this.length = length;
        this.digest = digest;
        this.spilled = spill == null ? null : new Spill(spill);
        this.place = place;
        this.memory = memory;
        this.reserved = reserved;
    }

    public int length() {
        return length;
    }

    public RecordType type() {
        return type;
    }

    /// SHA-256 of the octets.
    public byte[] digest() {
        return digest.clone();
    }

    /// The octets, while they are in memory.
    public Optional<byte[]> octets() {
        var kept = octets;
        return Optional.ofNullable(
                kept == null || kept.length == length ? kept : Arrays.copyOf(kept, length));
    }

    /// Where the body is, once it has a place.
    public Optional<BodyPlace> place() {
        return Optional.ofNullable(place);
    }

    /// The store gives the body its place.
    public void placed(BodyPlace at) {
        place = at;
    }

    /// Octets that count towards the size of a group.
    public int inMemory() {
        return octets == null ? 0 : length;
    }

    /// Gives the memory back.
    ///
    /// @param abandoned no row names the body, and none will
    public synchronized void release(boolean abandoned) {
        if (octets != null) {
            octets = null;
            memory.giveBack(reserved);
        }
        if (abandoned && spilled != null) {
            spilled.spill().discard();
        }
    }
}
