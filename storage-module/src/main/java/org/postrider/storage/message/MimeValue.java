package org.postrider.storage.message;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.postrider.storage.message.BodyPart.Parameter;

/// The body of a Content-Type or Content-Disposition field: a value and parameters after semicolons
/// (RFC 2045 §5.1, RFC 2183 §2). Read as leniently as possible: what is wrong in one parameter
/// costs no other.
///
/// @param value what stands before the parameters, without comments
/// @param parameters in order of their first appearance, continuations joined (RFC 2231 §3)
record MimeValue(String value, List<Parameter> parameters) {

    private static final String TSPECIALS = "()<>@,;:\\\"/[]?=";

    /// A media type, in upper case.
    record Media(String type, String subtype) {}

    static MimeValue read(String text, MessageLimits limits) {
        var cursor = new MimeCursor(text);
        var value = MimeCursor.withoutComments(cursor.until(";")).strip();
        int space = endOfMedia(value);
        // "text/html charset=utf-8": a parameter whose semicolon was forgotten.
        var forgotten = value.indexOf('=', space) < 0 ? "" : value.substring(space);
        var parameters = new ParameterList(limits);
        new MimeCursor(forgotten).parameters(parameters);
        cursor.parameters(parameters);
        return new MimeValue(
                forgotten.isEmpty() ? value : value.substring(0, space), parameters.joined());
    }

    /// The value as a media type: nothing when it is none, which makes the body text/plain (RFC
    /// 2045 §5.2).
    Optional<Media> media() {
        int slash = value.indexOf('/');
        if (slash < 0) {
            return Optional.empty();
        }
        var type = value.substring(0, slash).strip();
        var subtype = leadingToken(value.substring(slash + 1).strip());
        return isToken(type) && !subtype.isEmpty()
                ? Optional.of(new Media(upper(type), upper(subtype)))
                : Optional.empty();
    }

    /// The boundary of a multipart (RFC 2046 §5.1.1), whichever way it is written; white space at
    /// its end is none of it.
    Optional<String> boundary() {
        if (media().filter(media -> media.type().equals("MULTIPART")).isEmpty()) {
            return Optional.empty();
        }
        return TextDecoding.find(parameters, "boundary")
                .or(() -> TextDecoding.find(parameters, "boundary*").map(ExtendedValue::decode))
                .map(String::stripTrailing)
                .filter(text -> !text.isEmpty());
    }

    /// The first token of a field body, which may be quoted: empty when there is none.
    static String token(String text) {
        var plain = MimeCursor.withoutComments(text).strip();
        return leadingToken(plain.startsWith("\"") ? plain.substring(1) : plain);
    }

    /// The tokens of a list with commas, such as Content-Language (RFC 3282 §2).
    static List<String> tokens(String text, int limit) {
        var tokens = new ArrayList<String>();
        for (var item : MimeCursor.withoutComments(text).split(",", limit + 1)) {
            var token = leadingToken(item.strip());
            if (!token.isEmpty() && tokens.size() < limit) {
                tokens.add(token);
            }
        }
        return tokens;
    }

    /// Upper case of the ASCII letters only: the other octets are in no charset yet.
    static String upper(String text) {
        var upper = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            upper.append(c >= 'a' && c <= 'z' ? (char) (c - 32) : c);
        }
        return upper.toString();
    }

    static boolean isTokenChar(char c) {
        return c > ' ' && c < 0x7F && TSPECIALS.indexOf(c) < 0;
    }

    private static int endOfMedia(String value) {
        int slash = value.indexOf('/');
        if (slash < 0) {
            return value.length();
        }
        int end = slash + 1;
        while (end < value.length() && isTokenChar(value.charAt(end))) {
            end++;
        }
        return end;
    }

    private static boolean isToken(String text) {
        return !text.isEmpty() && leadingToken(text).length() == text.length();
    }

    private static String leadingToken(String text) {
        int end = 0;
        while (end < text.length() && isTokenChar(text.charAt(end))) {
            end++;
        }
        return text.substring(0, end);
    }
}
