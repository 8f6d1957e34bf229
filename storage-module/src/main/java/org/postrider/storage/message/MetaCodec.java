package org.postrider.storage.message;

/// Writes a [MessageMeta] as bytes and reads it back: a version, then preview, fields, envelope and
/// structure ([MetaWriter] has the form). Made for lists of ten thousand messages, so it is compact
/// and without reflection, names or nesting that a reader would have to look up.
public final class MetaCodec {

    /// The form's version, the first byte. A new form gets a new one and the old stays readable:
    /// what it lacks is computed again from the message when somebody asks for it.
    public static final byte CURRENT = 2;

    /// The first form: it has no preview.
    static final byte WITHOUT_PREVIEW = 1;

    /// No value is longer, since values of 64 KB and more would leave H2's row (large objects lose
    /// data there on a kill). What is beyond is left out: first header fields, the largest first;
    /// then inner structure; then addresses.
    public static final int MAX_OCTETS = 60_000;

    private MetaCodec() {}

    public static byte[] encode(MessageMeta meta) {
        var bytes = write(meta);
        return bytes.length <= MAX_OCTETS ? bytes : write(new MetaFitting(MAX_OCTETS).fit(meta));
    }

    /// @throws CorruptMeta when these are no bytes that [#encode] made
    public static MessageMeta decode(byte[] bytes) {
        return CodedMeta.of(bytes).decoded();
    }

    /// The version of these bytes.
    ///
    /// @throws CorruptMeta when it is none, or one that this program does not know
    static int version(byte[] bytes) {
        if (bytes.length < 2 || bytes[0] < WITHOUT_PREVIEW) {
            throw new CorruptMeta("meta of unknown form");
        }
        if (bytes[0] > CURRENT) {
            throw new CorruptMeta(
                    "meta of form %d, written by a newer Postrider: this one reads up to form %d"
                            .formatted(bytes[0], CURRENT));
        }
        return bytes[0];
    }

    static byte[] write(MessageMeta meta) {
        var writer = new MetaWriter();
        writer.meta(meta);
        return writer.toBytes();
    }
}
