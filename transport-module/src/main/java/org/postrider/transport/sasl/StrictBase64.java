package org.postrider.transport.sasl;

import java.util.Base64;
import java.util.Optional;

/// Base64 in its one way to be written: with all of its padding and no stray bits (RFC 4648 §3.5,
/// the grammar of RFC 5802 §7).
final class StrictBase64 {

    private StrictBase64() {}

    static Optional<byte[]> decode(String text) {
        try {
            var octets = Base64.getDecoder().decode(text);
            return Optional.of(octets).filter(o -> encode(o).equals(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    static String encode(byte[] octets) {
        return Base64.getEncoder().encodeToString(octets);
    }
}
