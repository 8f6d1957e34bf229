package org.postrider.transport.sasl;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// One part of what a client sends to log in: not empty, not endless, UTF-8, without NUL (RFC 4616
/// §2).
final class Credential {

    /// Of a name or a password, in octets. RFC 4616 §2 asks for 255 at least.
    static final int LONGEST = 1024;

    private Credential() {}

    static Optional<String> read(byte[] octets, int from, int to) {
        if (from == to || to - from > LONGEST) {
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
