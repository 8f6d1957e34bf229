package org.postrider.storage.message;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What is known of a message without opening it, as it is stored. Each part is read when somebody
/// asks for it: a list of ten thousand messages wants one of them, and rarely another.
///
/// For one thread at a time.
public final class CodedMeta {

    private final byte[] bytes;
    private final int version;
    private @Nullable Envelope envelope;
    private @Nullable BodyPart structure;

    private CodedMeta(byte[] bytes, int version) {
        this.bytes = bytes;
        this.version = version;
    }

    /// @throws CorruptMeta when these are no bytes that [MetaCodec] made, or those of a newer one
    public static CodedMeta of(byte[] bytes) {
        return new CodedMeta(bytes, MetaCodec.version(bytes));
    }

    /// Whether everything is there that is computed of a message today.
    public boolean isCurrent() {
        return version == MetaCodec.CURRENT;
    }

    public Envelope envelope() {
        var known = envelope;
        if (known == null) {
            known = read(() -> reader().afterFields().envelope());
            envelope = known;
        }
        return known;
    }

    public BodyPart structure() {
        var known = structure;
        if (known == null) {
            known = read(() -> reader().afterFields().afterEnvelope().structure());
            structure = known;
        }
        return known;
    }

    /// The first readable text of the message, at most [Preview#CHARACTERS] of it; empty when it is
    /// not known because the meta is older ([#isCurrent]).
    public Optional<String> preview() {
        return Optional.ofNullable(read(() -> new MetaReader(bytes).preview()));
    }

    /// The kept header fields ([CachedFields]), in order.
    public List<HeaderField> fields() {
        return read(() -> reader().fields());
    }

    /// The kept fields of this name, in order.
    public List<HeaderField> fields(String name) {
        return read(() -> reader().fields(name));
    }

    /// Whether the kept fields have every occurrence of this field, so that the message need not be
    /// opened for it.
    public boolean covers(String fieldName) {
        return read(() -> new MetaReader(bytes).complete()) && CachedFields.keeps(fieldName);
    }

    /// All of it.
    MessageMeta decoded() {
        return read(() -> new MetaReader(bytes).meta());
    }

    private MetaReader reader() {
        return new MetaReader(bytes).beforeFields();
    }

    private static <T extends @Nullable Object> T read(Supplier<T> part) {
        try {
            return part.get();
        } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
            throw new CorruptMeta("meta does not hold together", e);
        }
    }
}
