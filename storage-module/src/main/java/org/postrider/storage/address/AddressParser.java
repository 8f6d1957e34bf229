package org.postrider.storage.address;

import java.util.Optional;

/// Reads and writes the local part's two forms: dot-string and quoted-string (RFC 5321 §4.1.2, with
/// the UTF-8 of RFC 6531 §3.3).
final class AddressParser {

    private static final String ATEXT_SPECIALS = "!#$%&'*+-/=?^_`{|}~";

    private AddressParser() {}

    static Optional<MailAddress> parse(String text) {
        int at = text.lastIndexOf('@');
        if (at < 1) {
            return Optional.empty();
        }
        var domain = DomainName.parse(text.substring(at + 1));
        var localPart = localPart(text.substring(0, at));
        if (domain.isEmpty() || localPart.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new MailAddress(localPart.get(), domain.get()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    static String quoteIfNeeded(String localPart) {
        if (isDotString(localPart)) {
            return localPart;
        }
        return '"' + localPart.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private static Optional<String> localPart(String text) {
        if (!text.startsWith("\"")) {
            return isDotString(text) ? Optional.of(text) : Optional.empty();
        }
        var plain = new StringBuilder();
        int i = 1;
        while (i < text.length() && text.charAt(i) != '"') {
            if (text.charAt(i) == '\\') {
                i++;
            }
            if (i >= text.length()) {
                return Optional.empty();
            }
            plain.append(text.charAt(i));
            i++;
        }
        return i == text.length() - 1 ? Optional.of(plain.toString()) : Optional.empty();
    }

    private static boolean isDotString(String text) {
        return !text.isEmpty()
                && !text.startsWith(".")
                && !text.endsWith(".")
                && !text.contains("..")
                && text.codePoints().allMatch(c -> c == '.' || isAtext(c));
    }

    private static boolean isAtext(int c) {
        return c >= 0x80
                ? !Character.isISOControl(c) && !Character.isWhitespace(c)
                : isAsciiAtext(c);
    }

    private static boolean isAsciiAtext(int c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || ATEXT_SPECIALS.indexOf(c) >= 0;
    }
}
