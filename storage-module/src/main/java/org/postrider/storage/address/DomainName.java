package org.postrider.storage.address;

import java.net.IDN;
import java.util.Locale;
import java.util.Optional;

/// A domain name, canonical: A-labels, lower case, without a final dot (RFC 5890 §2.3.2.1, RFC 5321
/// §2.3.5).
///
/// @param value the canonical name
public record DomainName(String value) {

    private static final int MAX_LENGTH = 253;

    public DomainName {
        value =
                canonical(value)
                        .orElseThrow(() -> new IllegalArgumentException("not a domain name"));
    }

    public static Optional<DomainName> parse(String text) {
        return canonical(text).map(DomainName::new);
    }

    @Override
    public String toString() {
        return value;
    }

    private static Optional<String> canonical(String text) {
        var name = text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
        try {
            var ascii = IDN.toASCII(name, IDN.USE_STD3_ASCII_RULES).toLowerCase(Locale.ROOT);
            boolean fits =
                    !ascii.isEmpty()
                            && ascii.length() <= MAX_LENGTH
                            && !ascii.startsWith(".")
                            && !ascii.contains("..");
            return fits ? Optional.of(ascii) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
