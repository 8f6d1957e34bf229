package org.postrider.storage.message;

/// How far a message is taken apart. Beyond a limit a part stays whole, a list ends or a value is
/// cut: what is told of the message becomes less, its octets never do.
///
/// @param depth parts inside parts
/// @param parts parts in all
/// @param boundaryOctets of a multipart's boundary, where RFC 2046 §5.1.1 allows 70
/// @param headerOctets of all headers together that are looked at
/// @param fieldOctets of one header field that are looked at
/// @param cachedOctets of the header fields kept as they are ([CachedFields])
/// @param textOctets of one text of the envelope or of a part's description
/// @param addresses in an envelope
/// @param parameters of one field
/// @param parameterOctets of one parameter's value
record MessageLimits(
        int depth,
        int parts,
        int boundaryOctets,
        int headerOctets,
        int fieldOctets,
        int cachedOctets,
        int textOctets,
        int addresses,
        int parameters,
        int parameterOctets) {

    /// Far above what honest mail has, and about half a megabyte of memory for the worst.
    static final MessageLimits STANDARD =
            new MessageLimits(
                    100, 2_000, 512, 512 << 10, 128 << 10, 48 << 10, 4_096, 4_096, 64, 4_096);

    /// The text, or as much of it as the limit lets through.
    String text(String text) {
        return text.length() <= textOctets ? text : text.substring(0, textOctets);
    }
}
