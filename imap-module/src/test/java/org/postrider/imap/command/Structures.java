package org.postrider.imap.command;

import java.util.List;
import org.postrider.storage.message.BodyPart;
import org.postrider.storage.message.BodyPart.Description;
import org.postrider.storage.message.BodyPart.Embedded;
import org.postrider.storage.message.BodyPart.Leaf;
import org.postrider.storage.message.BodyPart.Multipart;
import org.postrider.storage.message.BodyPart.Place;
import org.postrider.storage.message.Envelope;

/// Parts that only have a type and a Content-ID.
final class Structures {

    static final Envelope NO_ENVELOPE =
            new Envelope(
                    null, null, List.of(), List.of(), List.of(), List.of(), List.of(), List.of(),
                    null, null);

    private static final Place PLACE = new Place(10, 20, 50);

    private Structures() {}

    static Leaf leaf(String type, String subtype, String id) {
        return new Leaf(description(type, subtype, id), PLACE, 3);
    }

    static Multipart multipart(String id, BodyPart... parts) {
        return new Multipart(description("MULTIPART", "MIXED", id), PLACE, List.of(parts));
    }

    static Embedded embedded(String id, BodyPart message) {
        var description = description("MESSAGE", "RFC822", id);
        return new Embedded(description, PLACE, 7, NO_ENVELOPE, message);
    }

    static Description description(String type, String subtype, String id) {
        return new Description(
                type, subtype, List.of(), id, null, "7BIT", null, null, List.of(), null);
    }
}
