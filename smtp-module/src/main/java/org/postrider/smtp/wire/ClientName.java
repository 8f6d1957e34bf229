package org.postrider.smtp.wire;

import java.util.Optional;

/// What a client calls itself in EHLO or HELO. Nothing is decided by it (RFC 5321 §4.1.4: mail is
/// not refused because the name does not belong to the address), so whatever is one printable word
/// is taken: clients send underscores, bare computer names and addresses without brackets.
///
/// @param value as sent
public record ClientName(String value) {

    private static final int LONGEST = 255;

    public ClientName {
        if (!isName(value)) {
            throw new IllegalArgumentException("not a client's name");
        }
    }

    public static Optional<ClientName> parse(String text) {
        return isName(text) ? Optional.of(new ClientName(text)) : Optional.empty();
    }

    /// Whether the name has the form that a Received field may hold as it is: a domain, underscores
    /// allowed, or an address literal (RFC 5321 §4.1.2, §4.1.3).
    public boolean isTraceable() {
        if (value.startsWith("[") && value.endsWith("]") && value.length() > 2) {
            return value.chars()
                    .skip(1)
                    .limit(value.length() - 2L)
                    .allMatch(c -> isDomainCharacter(c) || c == ':');
        }
        return value.chars().allMatch(ClientName::isDomainCharacter);
    }

    private static boolean isName(String text) {
        return !text.isEmpty()
                && text.length() <= LONGEST
                && text.chars().allMatch(c -> c > ' ' && c != 0x7F);
    }

    private static boolean isDomainCharacter(int c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '-'
                || c == '_'
                || c == '.';
    }
}
