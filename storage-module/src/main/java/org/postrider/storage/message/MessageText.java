package org.postrider.storage.message;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.util.Arrays;
import org.postrider.storage.message.BodyPart.Embedded;
import org.postrider.storage.message.BodyPart.Leaf;
import org.postrider.storage.message.BodyPart.Multipart;

/// What can be read in a message, text after text: the fields of its header, its text parts, and
/// the same of the messages inside. Attachments that are no text have none.
public final class MessageText {

    /// Octets of one header that are taken apart: anybody can send one as large as a message may
    /// be. Fields behind that are found by nobody.
    public static final int HEADER_OCTETS = 1 << 20;

    /// The octets of the message, from an offset on.
    @FunctionalInterface
    public interface Octets {
        InputStream open(long offset, long length) throws IOException;
    }

    /// Takes one text after the other.
    public interface Visitor {

        /// A header field with its name.
        ///
        /// @return whether to stop
        boolean field(String text) throws IOException;

        /// A part.
        ///
        /// @return whether to stop
        boolean part(Reader text) throws IOException;
    }

    private final Octets octets;
    private final long shift;

    /// @param octets with `shift` octets before those that the places of parts count from
    public MessageText(Octets octets, long shift) {
        this.octets = octets;
        this.shift = shift;
    }

    /// The fields of the message's own header.
    ///
    /// @return whether the visitor stopped
    public boolean header(BodyPart structure, Visitor visitor) throws IOException {
        return fields(0, shift + structure.place().body(), visitor);
    }

    /// The texts of the body.
    ///
    /// @return whether the visitor stopped
    public boolean body(BodyPart part, Visitor visitor) throws IOException {
        return switch (part) {
            case Multipart(_, _, var parts) -> {
                for (var inner : parts) {
                    if (body(inner, visitor)) {
                        yield true;
                    }
                }
                yield false;
            }
            case Embedded(_, _, _, _, var inner) -> {
                var place = inner.place();
                yield fields(shift + place.header(), shift + place.body(), visitor)
                        || body(inner, visitor);
            }
            case Leaf leaf -> isText(leaf) && text(leaf, visitor);
        };
    }

    private static boolean isText(Leaf leaf) {
        var type = leaf.description().type();
        return type.equals("TEXT") || type.equals("MESSAGE");
    }

    private boolean text(Leaf leaf, Visitor visitor) throws IOException {
        var place = leaf.place();
        try (var encoded = octets.open(shift + place.body(), place.octets());
                var text = TextDecoding.readable(encoded, leaf.description())) {
            return visitor.part(text);
        }
    }

    private boolean fields(long from, long to, Visitor visitor) throws IOException {
        for (var field : HeaderText.fields(headerOctets(from, to))) {
            if (visitor.field(field)) {
                return true;
            }
        }
        return false;
    }

    private byte[] headerOctets(long from, long to) throws IOException {
        if (from == to) {
            return new byte[0];
        }
        try (var in = octets.open(from, Math.min(to - from, HEADER_OCTETS))) {
            var header = in.readAllBytes();
            return header.length < to - from ? wholeLines(header) : header;
        }
    }

    /// The octets of the message's own header, in whole lines.
    public byte[] headerOctets(BodyPart structure) throws IOException {
        return headerOctets(0, shift + structure.place().body());
    }

    private static byte[] wholeLines(byte[] octets) {
        int end = octets.length;
        while (end > 0 && octets[end - 1] != '\n') {
            end--;
        }
        return Arrays.copyOf(octets, end);
    }
}
