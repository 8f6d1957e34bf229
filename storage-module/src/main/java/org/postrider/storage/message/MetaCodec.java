package org.postrider.storage.message;

import java.util.Arrays;

/// Writes a [MessageMeta] as bytes and reads it back: a version, then fields, envelope and
/// structure ([MetaWriter] has the form). Made for lists of ten thousand messages, so it is compact
/// and without reflection, names or nesting that a reader would have to look up.
public final class MetaCodec {

    /// The form's version, the first byte. A new form gets a new one and the old stays readable.
    static final byte VERSION = 1;

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
        if (bytes.length == 0 || bytes[0] != VERSION) {
            throw new CorruptMeta(
                    "meta of unknown form, beginning with "
                            + Arrays.toString(Arrays.copyOf(bytes, Math.min(bytes.length, 1))));
        }
        return new MetaReader(bytes).meta();
    }

    static byte[] write(MessageMeta meta) {
        var writer = new MetaWriter();
        writer.meta(meta);
        return writer.toBytes();
    }
}
