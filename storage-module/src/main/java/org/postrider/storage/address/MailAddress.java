package org.postrider.storage.address;

import java.util.Locale;
import java.util.Optional;

/// A mailbox address: `local-part@domain` (RFC 5321 §4.1.2, RFC 6531 §3.3).
///
/// @param localPart as written, without the quotes of a quoted string
/// @param domain canonical
public record MailAddress(String localPart, DomainName domain) {

    private static final int MAX_LOCAL_PART = 64;

    public MailAddress {
        if (localPart.isEmpty()
                || localPart.getBytes(java.nio.charset.StandardCharsets.UTF_8).length
                        > MAX_LOCAL_PART
                || localPart.codePoints().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("not a local part: " + localPart);
        }
    }

    /// Reads an address as a person or a command writes it; a quoted local part loses its quotes.
    /// Address literals (`user@[192.0.2.1]`) are not addresses of this kind.
    public static Optional<MailAddress> parse(String text) {
        return AddressParser.parse(text);
    }

    /// The form in which addresses are compared and stored: local part in lower case and NFC.
    public String key() {
        return java.text.Normalizer.normalize(localPart, java.text.Normalizer.Form.NFC)
                        .toLowerCase(Locale.ROOT)
                + "@"
                + domain.value();
    }

    /// The address as RFC 5321 writes it, the local part quoted where it must be.
    @Override
    public String toString() {
        return AddressParser.quoteIfNeeded(localPart) + "@" + domain.value();
    }
}
