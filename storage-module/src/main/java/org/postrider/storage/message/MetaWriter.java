package org.postrider.storage.message;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postrider.storage.message.BodyPart.Description;
import org.postrider.storage.message.BodyPart.Disposition;
import org.postrider.storage.message.BodyPart.Embedded;
import org.postrider.storage.message.BodyPart.Leaf;
import org.postrider.storage.message.BodyPart.Multipart;
import org.postrider.storage.message.BodyPart.Parameter;
import org.postrider.storage.message.BodyPart.Place;
import org.postrider.storage.message.Envelope.Address;

/// The bytes of a meta, version 2. [MetaReader] is its mirror: what is written in this order is
/// read in this order.
///
/// - number: seven bits a byte, the lowest first, the high bit says that more follow
/// - text: number 0 is null; an odd number 2n + 1 is entry n of [CommonTexts]; an even one 2n + 2
///   is followed by n octets (ISO 8859-1)
/// - preview: how many octets, then those (UTF-8); version 1 has none
/// - list: its size, then its elements
/// - place: header, counted from where the part around it begins; octets of the header, of the body
/// - part: its kind, then what the kind has
final class MetaWriter {

    static final int LEAF = 0;
    static final int MULTIPART = 1;
    static final int EMBEDDED = 2;

    /// Bits that say which address lists of the envelope are those of From.
    static final int SENDER_IS_FROM = 1;

    static final int REPLY_TO_IS_FROM = 2;

    private byte[] bytes = new byte[1024];
    private int length;

    byte[] toBytes() {
        return Arrays.copyOf(bytes, length);
    }

    int length() {
        return length;
    }

    void meta(MessageMeta meta) {
        octet(MetaCodec.CURRENT);
        octet(meta.fieldsComplete() ? 1 : 0);
        preview(meta.preview() == null ? "" : meta.preview());
        number(meta.fields().size());
        meta.fields().forEach(this::field);
        envelope(meta.envelope());
        part(meta.structure(), 0);
    }

    /// UTF-8, because it is decoded.
    private void preview(String text) {
        var octets = text.getBytes(StandardCharsets.UTF_8);
        number(octets.length);
        append(octets);
    }

    private void field(HeaderField field) {
        boolean named = field.raw().startsWith(field.name());
        octet(named ? 1 : 0);
        text(field.name());
        text(named ? field.raw().substring(field.name().length()) : field.raw());
    }

    void envelope(Envelope envelope) {
        boolean sender = envelope.sender().equals(envelope.from());
        boolean replyTo = envelope.replyTo().equals(envelope.from());
        octet((sender ? SENDER_IS_FROM : 0) | (replyTo ? REPLY_TO_IS_FROM : 0));
        text(envelope.date());
        text(envelope.subject());
        addresses(envelope.from());
        if (!sender) {
            addresses(envelope.sender());
        }
        if (!replyTo) {
            addresses(envelope.replyTo());
        }
        addresses(envelope.to());
        addresses(envelope.cc());
        addresses(envelope.bcc());
        text(envelope.inReplyTo());
        text(envelope.messageId());
    }

    private void addresses(List<Address> addresses) {
        number(addresses.size());
        for (var address : addresses) {
            text(address.name());
            text(address.route());
            text(address.mailbox());
            text(address.host());
        }
    }

    void part(BodyPart part, long around) {
        long start = part.place().header();
        switch (part) {
            case Leaf(var description, var place, long lines) -> {
                head(LEAF, description, place, around);
                number(lines);
            }
            case Multipart(var description, var place, var parts) -> {
                head(MULTIPART, description, place, around);
                number(parts.size());
                parts.forEach(inner -> part(inner, start));
            }
            case Embedded(var description, var place, long lines, var envelope, var message) -> {
                head(EMBEDDED, description, place, around);
                number(lines);
                envelope(envelope);
                part(message, start);
            }
        }
    }

    private void head(int kind, Description description, Place place, long around) {
        octet(kind);
        number(place.header() - around);
        number(place.body() - place.header());
        number(place.octets());
        description(description);
    }

    private void description(Description description) {
        text(description.type());
        text(description.subtype());
        parameters(description.parameters());
        text(description.id());
        text(description.description());
        text(description.encoding());
        text(description.md5());
        disposition(description.disposition());
        number(description.languages().size());
        description.languages().forEach(this::text);
        text(description.location());
    }

    private void disposition(@Nullable Disposition disposition) {
        text(disposition == null ? null : disposition.type());
        if (disposition != null) {
            parameters(disposition.parameters());
        }
    }

    private void parameters(List<Parameter> parameters) {
        number(parameters.size());
        for (var parameter : parameters) {
            text(parameter.name());
            text(parameter.value());
        }
    }

    private void text(@Nullable String text) {
        if (text == null) {
            octet(0);
            return;
        }
        int common = CommonTexts.indexOf(text);
        if (common >= 0) {
            number(2L * common + 1);
            return;
        }
        var octets = text.getBytes(StandardCharsets.ISO_8859_1);
        number(2L * octets.length + 2);
        append(octets);
    }

    private void append(byte[] octets) {
        room(octets.length);
        System.arraycopy(octets, 0, bytes, length, octets.length);
        length += octets.length;
    }

    private void number(long number) {
        long rest = number;
        while (rest > 0x7F) {
            octet((int) (rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        octet((int) rest);
    }

    private void octet(int octet) {
        room(1);
        bytes[length] = (byte) octet;
        length++;
    }

    private void room(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
        }
    }
}
