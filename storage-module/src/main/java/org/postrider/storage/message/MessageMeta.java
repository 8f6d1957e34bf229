package org.postrider.storage.message;

import java.util.List;

/// What is known of a message without opening it.
///
/// @param envelope the envelope structure
/// @param structure the MIME structure; offsets count from the first octet of the body that the
///     recipients share, without the trace fields
/// @param fields the header fields that clients ask for by name ([CachedFields]), each as it stands
///     in the message, in order
public record MessageMeta(Envelope envelope, BodyPart structure, List<HeaderField> fields) {

    public MessageMeta {
        fields = List.copyOf(fields);
    }
}
