package org.postrider.storage.blob;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A body that was received and waits to be delivered: in memory, or on disk at its final place.
public final class StagedBody {

    private final Form form;
    private final byte[] digest;
    private final BodyStore.@Nullable Spill spill;
    private final @Nullable StagingMemory memory;
    private final int reserved;

    private byte @Nullable [] octets;
    private volatile @Nullable BodyPlace place;
    private Runnable settled = () -> {};

    /// How it is stored, wherever that will be.
    ///
    /// @param stored octets as they are stored
    /// @param size octets as they are served
    public record Form(RecordType type, BodyCodec codec, int stored, int size) {

        public BodyPlace at(long pack, long offset) {
            return new BodyPlace(pack, offset, stored, codec, size);
        }
    }

    /// A body in memory.
    ///
    /// @param octets as they are stored, and perhaps more
    StagedBody(Form form, byte[] digest, byte[] octets, StagingMemory memory, int reserved) {
        this.form = form;
        this.digest = digest;
        this.octets = octets;
        this.spill = null;
        this.memory = memory;
        this.reserved = reserved;
    }

    /// A body on disk.
    StagedBody(Form form, byte[] digest, BodyStore.@Nullable Spill spill, BodyPlace place) {
        this.form = form;
        this.digest = digest;
        this.spill = spill;
        this.place = place;
        this.memory = null;
        this.reserved = 0;
    }

    /// A body that lies in a segment since long.
    public static StagedBody stored(BodyPlace place, byte[] digest) {
        var form = new Form(RecordType.BODY, place.codec(), place.stored(), place.size());
        return new StagedBody(form, digest, null, place);
    }

    public Form form() {
        return form;
    }

    /// Octets as they are served.
    public int length() {
        return form.size();
    }

    /// SHA-256 of the octets as they are served.
    public byte[] digest() {
        return digest.clone();
    }

    /// The octets as they are stored, while they are in memory.
    public Optional<byte[]> octets() {
        var kept = octets;
        return Optional.ofNullable(
                kept == null || kept.length == form.stored()
                        ? kept
                        : Arrays.copyOf(kept, form.stored()));
    }

    /// Where the body is, once it has a place.
    public Optional<BodyPlace> place() {
        return Optional.ofNullable(place);
    }

    /// The store gives the body its place.
    ///
    /// @param whenSettled is run when it has its row, or never will
    public synchronized void placed(BodyPlace at, Runnable whenSettled) {
        place = at;
        settled = whenSettled;
    }

    /// What was written did not become durable.
    public synchronized void displaced() {
        place = null;
        settle();
    }

    private void settle() {
        var waiting = settled;
        settled = () -> {};
        waiting.run();
    }

    /// Octets that count towards the size of a group.
    public int inMemory() {
        return octets == null ? 0 : form.stored();
    }

    /// Gives the memory back.
    ///
    /// @param abandoned no row names the body, and none will
    public synchronized void release(boolean abandoned) {
        if (octets != null && memory != null) {
            octets = null;
            memory.giveBack(reserved);
        }
        if (spill != null) {
            spill.release(abandoned);
        }
        settle();
    }
}
