package org.postrider.imap.command;

import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Locale;
import org.postrider.storage.message.BodyPart.Description;

/// A text part as characters: transfer encoding (RFC 2045 §6) and charset undone on the way. What
/// is wrong in either is passed over: a search finds what can be read.
final class PartText {

    private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");

    private PartText() {}

    static Reader open(InputStream octets, Description description) {
        var decoded =
                switch (description.encoding()) {
                    case "BASE64" -> new Base64Octets(octets);
                    case "QUOTED-PRINTABLE" -> new QuotedPrintableOctets(octets);
                    default -> octets;
                };
        var charset =
                description.parameters().stream()
                        .filter(parameter -> parameter.name().equalsIgnoreCase("charset"))
                        .map(parameter -> charset(parameter.value()))
                        .findFirst()
                        .orElse(StandardCharsets.UTF_8);
        return new InputStreamReader(decoded, charset);
    }

    /// A charset by the name that mail gives it. Its smaller sets are read as the larger ones that
    /// mail often means, and what nobody knows as UTF-8.
    static Charset charset(String name) {
        var lower = name.strip().toLowerCase(Locale.ROOT);
        if (lower.equals("iso-8859-1") || lower.equals("latin1")) {
            return WINDOWS_1252;
        }
        if (lower.isEmpty() || lower.equals("us-ascii") || lower.equals("ascii")) {
            return StandardCharsets.UTF_8;
        }
        try {
            return Charset.forName(lower);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            return StandardCharsets.UTF_8;
        }
    }
}
