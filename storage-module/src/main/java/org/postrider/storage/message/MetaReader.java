package org.postrider.storage.message;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.postrider.storage.message.BodyPart.Description;
import org.postrider.storage.message.BodyPart.Disposition;
import org.postrider.storage.message.BodyPart.Embedded;
import org.postrider.storage.message.BodyPart.Leaf;
import org.postrider.storage.message.BodyPart.Multipart;
import org.postrider.storage.message.BodyPart.Parameter;
import org.postrider.storage.message.BodyPart.Place;
import org.postrider.storage.message.Envelope.Address;

/// Reads what [MetaWriter] wrote, and whatever else is given it without harm: it never makes more
/// than the bytes are worth, nor goes deeper than a parser would.
final class MetaReader {

    private static final int MAX_DEPTH = 2 * MessageLimits.STANDARD.depth();

    private final byte[] bytes;
    private int at;

    MetaReader(byte[] bytes) {
        this.bytes = bytes;
    }

    MessageMeta meta() {
        boolean complete = complete();
        var preview = preview();
        var fields = fields();
        var meta = new MessageMeta(envelope(), structure(), fields, complete, preview);
        if (at != bytes.length) {
            throw new CorruptMeta("meta ends at " + at + " of " + bytes.length);
        }
        return meta;
    }

    boolean complete() {
        return bytes[1] == 1;
    }

    /// Reads the preview; null when this form has none.
    @Nullable String preview() {
        at = 2;
        if (bytes[0] == MetaCodec.WITHOUT_PREVIEW) {
            return null;
        }
        int octets = octets(number());
        var text = new String(bytes, at, octets, StandardCharsets.UTF_8);
        at += octets;
        return text;
    }

    MetaReader beforeFields() {
        at = 2;
        if (bytes[0] != MetaCodec.WITHOUT_PREVIEW) {
            int octets = octets(number());
            at += octets;
        }
        return this;
    }

    MetaReader afterFields() {
        for (long left = number(); left > 0; left--) {
            octet();
            skipText();
            skipText();
        }
        return this;
    }

    MetaReader afterEnvelope() {
        int same = octet();
        skipTexts(2);
        skipAddresses();
        if ((same & MetaWriter.SENDER_IS_FROM) == 0) {
            skipAddresses();
        }
        if ((same & MetaWriter.REPLY_TO_IS_FROM) == 0) {
            skipAddresses();
        }
        for (int lists = 0; lists < 3; lists++) {
            skipAddresses();
        }
        skipTexts(2);
        return this;
    }

    List<HeaderField> fields() {
        return list(this::field);
    }

    /// The fields of this name, without making anything of the others.
    List<HeaderField> fields(String name) {
        var found = new ArrayList<HeaderField>(1);
        for (long left = number(); left > 0; left--) {
            int start = at;
            octet();
            boolean wanted = textIs(name);
            skipText();
            if (wanted) {
                int next = at;
                at = start;
                found.add(field());
                at = next;
            }
        }
        return found;
    }

    BodyPart structure() {
        return part(0, 0);
    }

    private HeaderField field() {
        boolean named = octet() == 1;
        var name = textOrFail();
        var raw = textOrFail();
        return new HeaderField(name, named ? name + raw : raw);
    }

    Envelope envelope() {
        int same = octet();
        var date = text();
        var subject = text();
        var from = addresses();
        var sender = (same & MetaWriter.SENDER_IS_FROM) != 0 ? from : addresses();
        var replyTo = (same & MetaWriter.REPLY_TO_IS_FROM) != 0 ? from : addresses();
        return new Envelope(
                date,
                subject,
                from,
                sender,
                replyTo,
                addresses(),
                addresses(),
                addresses(),
                text(),
                text());
    }

    private List<Address> addresses() {
        return list(() -> new Address(text(), text(), text(), text()));
    }

    private BodyPart part(long around, int depth) {
        if (depth > MAX_DEPTH) {
            throw new CorruptMeta("parts in parts without end near " + at);
        }
        int kind = octet();
        long start = around + number();
        long body = start + number();
        var place = new Place(start, body, body + number());
        var description = description();
        return switch (kind) {
            case MetaWriter.LEAF -> new Leaf(description, place, number());
            case MetaWriter.MULTIPART ->
                    new Multipart(description, place, list(() -> part(start, depth + 1)));
            case MetaWriter.EMBEDDED ->
                    new Embedded(description, place, number(), envelope(), part(start, depth + 1));
            default -> throw new CorruptMeta("no such kind of part: " + kind);
        };
    }

    private Description description() {
        return new Description(
                textOrFail(),
                textOrFail(),
                parameters(),
                text(),
                text(),
                textOrFail(),
                text(),
                disposition(),
                list(this::textOrFail),
                text());
    }

    private @Nullable Disposition disposition() {
        var type = text();
        return type == null ? null : new Disposition(type, parameters());
    }

    private List<Parameter> parameters() {
        return list(() -> new Parameter(textOrFail(), textOrFail()));
    }

    private <T> List<T> list(Supplier<T> element) {
        long size = number();
        if (size > bytes.length - at) {
            throw new CorruptMeta("a list of " + size + " near " + at);
        }
        if (size == 0) {
            return List.of();
        }
        var list = new ArrayList<T>((int) size);
        for (int i = 0; i < size; i++) {
            list.add(element.get());
        }
        return list;
    }

    private String textOrFail() {
        var text = text();
        if (text == null) {
            throw new CorruptMeta("a text is missing near " + at);
        }
        return text;
    }

    private @Nullable String text() {
        long head = number();
        if (head == 0) {
            return null;
        }
        if ((head & 1) == 1) {
            return CommonTexts.at(head >>> 1);
        }
        int octets = octets((head - 2) >>> 1);
        var text = new String(bytes, at, octets, StandardCharsets.ISO_8859_1);
        at += octets;
        return text;
    }

    /// Whether the text here is this one, in any case.
    private boolean textIs(String wanted) {
        long head = number();
        if (head == 0) {
            return false;
        }
        if ((head & 1) == 1) {
            return CommonTexts.at(head >>> 1).equalsIgnoreCase(wanted);
        }
        int octets = octets((head - 2) >>> 1);
        boolean same =
                octets == wanted.length()
                        && new String(bytes, at, octets, StandardCharsets.ISO_8859_1)
                                .equalsIgnoreCase(wanted);
        at += octets;
        return same;
    }

    private void skipText() {
        long head = number();
        if (head > 0 && (head & 1) == 0) {
            int octets = octets((head - 2) >>> 1);
            at += octets;
        }
    }

    private void skipTexts(long count) {
        for (long left = count; left > 0; left--) {
            skipText();
        }
    }

    private void skipAddresses() {
        long size = number();
        if (size > bytes.length - at) {
            throw new CorruptMeta("a list of " + size + " near " + at);
        }
        skipTexts(4 * size);
    }

    /// So many octets, which must be there.
    private int octets(long count) {
        if (count < 0 || count > bytes.length - at) {
            throw new CorruptMeta("a text of " + count + " octets near " + at);
        }
        return (int) count;
    }

    private long number() {
        long number = 0;
        for (int shift = 0; shift < 63; shift += 7) {
            int octet = octet();
            number |= (long) (octet & 0x7F) << shift;
            if (octet < 0x80) {
                return number;
            }
        }
        throw new CorruptMeta("a number without end near " + at);
    }

    private int octet() {
        int octet = bytes[at] & 0xFF;
        at++;
        return octet;
    }
}
