package org.postrider.storage.message;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postrider.storage.message.BodyPart.Leaf;
import org.postrider.storage.message.Envelope.Address;

/// Makes a meta that is too large to be stored small enough, losing least what is asked for most:
/// kept header fields go first, the largest first, since the message itself still has them; then
/// the structure's last and inner parts; then the ends of address lists and texts.
final class MetaFitting {

    /// What [MetaWriter] adds around fields, envelope and structure.
    private static final int FRAME = 16;

    private static final int SHORT_TEXT = 1_000;

    private final int limit;

    MetaFitting(int limit) {
        this.limit = limit;
    }

    MessageMeta fit(MessageMeta meta) {
        int envelope = octets(meta.envelope());
        int structure = octets(meta.structure());
        int room = limit - FRAME - Preview.MOST_OCTETS;
        if (envelope + structure <= room) {
            var fields = fields(meta.fields(), room - envelope - structure);
            return new MessageMeta(
                    meta.envelope(),
                    meta.structure(),
                    fields,
                    meta.fieldsComplete() && fields.size() == meta.fields().size(),
                    meta.preview());
        }
        var smaller = structure(meta.structure(), room - Math.min(envelope, room / 2));
        return new MessageMeta(
                envelope(meta.envelope(), room - octets(smaller)),
                smaller,
                List.of(),
                meta.fieldsComplete() && meta.fields().isEmpty(),
                meta.preview());
    }

    private static List<HeaderField> fields(List<HeaderField> fields, int room) {
        var kept = new ArrayList<>(fields);
        int octets = fields.stream().mapToInt(MetaFitting::octets).sum();
        while (octets > room && !kept.isEmpty()) {
            var largest = kept.stream().max(Comparator.comparingInt(MetaFitting::octets)).get();
            kept.remove(largest);
            octets -= octets(largest);
        }
        return kept;
    }

    /// No less than the field takes: its text, and the numbers around it.
    private static int octets(HeaderField field) {
        return field.name().length() + field.raw().length() + 12;
    }

    private static int octets(Envelope envelope) {
        var writer = new MetaWriter();
        writer.envelope(envelope);
        return writer.length();
    }

    private static int octets(BodyPart part) {
        var writer = new MetaWriter();
        writer.part(part, 0);
        return writer.length();
    }

    private static BodyPart structure(BodyPart whole, int room) {
        int parts = MessageLimits.STANDARD.parts();
        var smaller = whole;
        while (octets(smaller) > room) {
            smaller = parts > 0 ? new MetaPruning(parts).prune(whole) : bare(whole);
            parts = parts > 1 ? parts * 3 / 4 : parts - 1;
        }
        return smaller;
    }

    /// Nothing but what and where.
    private static BodyPart bare(BodyPart whole) {
        var place = whole.place();
        return new Leaf(
                EntityHeader.plainText(EntityHeader.SEVEN_BIT),
                place,
                whole instanceof Leaf leaf ? leaf.lines() : 0);
    }

    private static Envelope envelope(Envelope whole, int room) {
        var smaller = whole;
        int addresses = MessageLimits.STANDARD.addresses();
        while (octets(smaller) > room && addresses > 0) {
            smaller = cut(whole, addresses);
            addresses = addresses / 2;
        }
        return octets(smaller) > room ? Envelope.EMPTY : smaller;
    }

    /// The envelope with the first addresses of each list and the beginnings of its texts.
    static Envelope cut(Envelope whole, int addresses) {
        return new Envelope(
                cut(whole.date()),
                cut(whole.subject()),
                cut(whole.from(), addresses),
                cut(whole.sender(), addresses),
                cut(whole.replyTo(), addresses),
                cut(whole.to(), addresses),
                cut(whole.cc(), addresses),
                cut(whole.bcc(), addresses),
                cut(whole.inReplyTo()),
                cut(whole.messageId()));
    }

    static @Nullable String cut(@Nullable String text) {
        return text == null || text.length() <= SHORT_TEXT ? text : text.substring(0, SHORT_TEXT);
    }

    /// The first addresses; a group that is cut still ends.
    private static List<Address> cut(List<Address> addresses, int most) {
        var first = new ArrayList<Address>();
        boolean group = false;
        for (var address : addresses.subList(0, Math.min(most, addresses.size()))) {
            first.add(
                    new Address(
                            cut(address.name()),
                            cut(address.route()),
                            cut(address.mailbox()),
                            cut(address.host())));
            group = address.host() == null ? address.mailbox() != null : group;
        }
        if (group) {
            first.add(new Address(null, null, null, null));
        }
        return first;
    }
}
