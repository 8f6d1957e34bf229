package org.postrider.storage.message;

import java.util.ArrayList;
import java.util.List;

/// What is kept of a message's headers: the fields that clients ask for as they stand, and the
/// account of how much has been looked at.
final class KeptHeader {

    private final MessageLimits limits;
    private final List<HeaderField> fields = new ArrayList<>();
    private int lookedAt;
    private int octets;
    private boolean complete = true;

    KeptHeader(MessageLimits limits) {
        this.limits = limits;
    }

    /// Whether one more field of this many octets may be looked at.
    boolean grant(int more) {
        lookedAt = Math.min(lookedAt + more, limits.headerOctets() + 1);
        return lookedAt <= limits.headerOctets();
    }

    /// Keeps a field of the message itself, when it is one of those that are kept.
    void add(String name, OctetBuffer field) {
        if (!CachedFields.keeps(name)) {
            return;
        }
        if (field.cut() || octets + field.length() > limits.cachedOctets()) {
            complete = false;
            return;
        }
        octets += field.length();
        fields.add(new HeaderField(name, field.text(0, field.length())));
    }

    List<HeaderField> fields() {
        return fields;
    }

    /// All occurrences of all fields that are kept are here.
    boolean complete() {
        return complete;
    }
}
