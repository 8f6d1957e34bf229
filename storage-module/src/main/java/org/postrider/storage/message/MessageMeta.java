package org.postrider.storage.message;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is known of a message without opening it.
///
/// @param envelope the envelope structure
/// @param structure the MIME structure; offsets count from the first octet of the body that the
///   recipients share, without the trace fields
/// @param fields the header fields that clients ask for by name ([CachedFields]), each as it stands
///   in the message, in order
/// @param fieldsComplete no such field is missing from `fields`; false for a header so large that
///   some were left out
/// @param preview the first readable text, at most [Preview#CHARACTERS] of it; null when it was not
///   computed, because the message came before there were previews
public record MessageMeta(
        Envelope envelope,
        BodyPart structure,
        List<HeaderField> fields,
        boolean fieldsComplete,
        @Nullable String preview) {

    public MessageMeta {
        fields = List.copyOf(fields);
    }
}
