package org.postrider.storage.message;

import java.util.List;

/// What is known of a message without opening it.
///
/// @param envelope the envelope structure
/// @param structure the MIME structure; offsets count from the first octet of the body that the
///   recipients share, without the trace fields
/// @param fields the header fields that clients ask for by name ([CachedFields]), each as it stands
///   in the message, in order
/// @param fieldsComplete no such field is missing from `fields`; false for a header so large that
///   some were left out
public record MessageMeta(
        Envelope envelope, BodyPart structure, List<HeaderField> fields, boolean fieldsComplete) {

    public MessageMeta {
        fields = List.copyOf(fields);
    }

    /// Whether `fields` has every occurrence of this field, so that the message need not be opened
    /// for it.
    public boolean covers(String fieldName) {
        return fieldsComplete && CachedFields.keeps(fieldName);
    }
}
