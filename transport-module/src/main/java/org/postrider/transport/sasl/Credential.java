package org.postrider.transport.sasl;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// What a client sends to log in, or one part of it: not empty, not endless, UTF-8, without NUL
/// (RFC 4616 §2, RFC 5802 §7).
final class Credential {

    /// Of a name or a password, in octets. RFC 4616 §2 asks for 255 at least.
    static final int LONGEST = 1024;

    private Credential() {}

    static Optional<String> read(byte[] octets, int from, int to) {
        return read(octets, from, to, LONGEST);
    }

    static Optional<String> read(byte[] octets, int from, int to, int longest) {
        if (from == to || to - from > longest) {
            return Optional.empty();
        }
        try {
            String text =
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(octets, from, to - from))
                            .toString();
            return Optional.of(text).filter(t -> t.indexOf('\0') < 0);
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }
}
