package org.postrider.storage.message;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A part of a message, as BODYSTRUCTURE tells it (RFC 9051 §7.5.2), and where it is.
public sealed interface BodyPart {

    Description description();

    Place place();

    /// A part without parts.
    ///
    /// @param lines the lines of its body as transferred
    record Leaf(Description description, Place place, long lines) implements BodyPart {}

    /// @param parts at least one: BODYSTRUCTURE cannot tell of none, so a multipart in which there
    ///   is no part has a text/plain one that is its whole body
    record Multipart(Description description, Place place, List<BodyPart> parts)
            implements BodyPart {
        public Multipart {
            parts = List.copyOf(parts);
        }
    }

    /// A message/rfc822 or message/global part.
    ///
    /// @param envelope the one of the message inside; empty when that was not read, because the
    ///   part is encoded or nested too deep
    /// @param message the part's body: the header and structure of the message inside; one
    ///   text/plain part without header when it was not read
    record Embedded(
            Description description, Place place, long lines, Envelope envelope, BodyPart message)
            implements BodyPart {}

    /// What the part's header says. Names are as written except where noted; null is NIL.
    ///
    /// @param type media type, upper case
    /// @param subtype media subtype, upper case
    /// @param parameters of Content-Type, continuations joined and charset extensions kept (RFC
    ///   2231) as they are
    /// @param encoding Content-Transfer-Encoding, upper case, `7BIT` when there is none
    record Description(
            String type,
            String subtype,
            List<Parameter> parameters,
            @Nullable String id,
            @Nullable String description,
            String encoding,
            @Nullable String md5,
            @Nullable Disposition disposition,
            List<String> languages,
            @Nullable String location) {
        public Description {
            parameters = List.copyOf(parameters);
            languages = List.copyOf(languages);
        }
    }

    record Parameter(String name, String value) {}

    record Disposition(String type, List<Parameter> parameters) {
        public Disposition {
            parameters = List.copyOf(parameters);
        }
    }

    /// Where a part is, in octets from the start of the message.
    ///
    /// @param header the first octet of the part's header
    /// @param body the first octet of its body: after the blank line
    /// @param end one past the last octet of its body; the CRLF before a boundary belongs to the
    ///   boundary (RFC 2046 §5.1.1)
    record Place(long header, long body, long end) {
        public Place {
            if (header < 0 || body < header || end < body) {
                throw new IllegalArgumentException(
                        "not a place: " + header + ", " + body + ", " + end);
            }
        }

        /// Octets of the body.
        public long octets() {
            return end - body;
        }
    }
}
