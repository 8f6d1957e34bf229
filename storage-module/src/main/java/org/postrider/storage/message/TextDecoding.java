package org.postrider.storage.message;

import java.io.InputStream;
import java.io.Reader;
import java.util.List;
import java.util.Optional;
import org.apache.james.mime4j.codec.QuotedPrintableInputStream;
import org.postrider.storage.message.BodyPart.Description;
import org.postrider.storage.message.BodyPart.Parameter;

/// From octets as they came to Unicode, for those who read rather than transport: SEARCH (RFC 9051
/// §6.4.4 wants encodings and charsets decoded), previews. Nothing is an error: what cannot be
/// decoded is shown as well as it can be ([MailCharset]).
///
/// mime4j decodes quoted-printable. Base64 and encoded words are our own: mime4j 0.8.14 stops at
/// the first padding, loses the last octets where padding was forgotten, and takes a header's
/// charset at its word.
public final class TextDecoding {

    private TextDecoding() {}

    /// A header field's body with its encoded words decoded (RFC 2047), and octets that should not
    /// be there (RFC 6532 made them UTF-8) as text too.
    public static String header(String body) {
        return EncodedWords.decode(body);
    }

    /// The value of a parameter: the one with a charset (RFC 2231 §4) before the plain one, in
    /// which encoded words are decoded though RFC 2047 §5 forbids them there.
    ///
    /// @param name without asterisk, in any case
    public static Optional<String> parameter(List<Parameter> parameters, String name) {
        return find(parameters, name + "*")
                .map(ExtendedValue::decode)
                .or(() -> find(parameters, name).map(TextDecoding::header));
    }

    /// The characters of a part's body.
    ///
    /// @param octets the body as it was transferred; closed with the reader
    public static Reader body(InputStream octets, Description description) {
        var charset =
                MailCharset.named(find(description.parameters(), "charset").orElse("us-ascii"));
        return charset.reader(transferDecoded(octets, description.encoding()));
    }

    /// The text that a reader sees of a part: of HTML what a browser would show.
    static Reader readable(InputStream octets, Description description) {
        var text = body(octets, description);
        return description.subtype().equals("HTML") ? new HtmlText(text) : text;
    }

    private static InputStream transferDecoded(InputStream octets, String encoding) {
        return switch (encoding) {
            case "BASE64" -> new Base64InputStream(octets);
            case "QUOTED-PRINTABLE" -> new QuotedPrintableInputStream(octets, false);
            case "X-UUENCODE", "X-UUE", "UUENCODE" -> new UuencodeInputStream(octets);
            default -> octets;
        };
    }

    static Optional<String> find(List<Parameter> parameters, String name) {
        return parameters.stream()
                .filter(parameter -> parameter.name().equalsIgnoreCase(name))
                .map(Parameter::value)
                .findFirst();
    }
}
