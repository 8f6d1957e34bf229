package org.postrider.storage.address;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;

/// A mailbox address: `local-part@domain` (RFC 5321 §4.1.2, RFC 6531 §3.3).
///
/// @param localPart as written, without the quotes of a quoted string
/// @param domain canonical
public record MailAddress(String localPart, DomainName domain) {

    /// In octets of UTF-8 (RFC 5321 §4.5.3.1.1).
    private static final int LONGEST_LOCAL_PART = 64;

    public MailAddress {
        if (localPart.isEmpty()
                || localPart.getBytes(StandardCharsets.UTF_8).length > LONGEST_LOCAL_PART
                || localPart.codePoints().anyMatch(MailAddress::isUnwritable)) {
            throw new IllegalArgumentException("not a local part: " + localPart);
        }
    }

    /// Reads an address as a person or a command writes it; a quoted local part loses its quotes.
    /// Address literals (`user@[192.0.2.1]`) are not addresses of this kind.
    public static Optional<MailAddress> parse(String text) {
        return AddressParser.parse(text);
    }

    /// The form in which addresses are compared and stored: local part in lower case and NFC. In
    /// this order, for some letters are composed in lower case only.
    public String key() {
        return Normalizer.normalize(localPart.toLowerCase(Locale.ROOT), Normalizer.Form.NFC)
                + "@"
                + domain.value();
    }

    /// The address as RFC 5321 writes it, the local part quoted where it must be.
    @Override
    public String toString() {
        return AddressParser.quoteIfNeeded(localPart) + "@" + domain.value();
    }

    /// A control character, or half of a pair of UTF-16, which UTF-8 has no octets for.
    private static boolean isUnwritable(int c) {
        return Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE;
    }
}
