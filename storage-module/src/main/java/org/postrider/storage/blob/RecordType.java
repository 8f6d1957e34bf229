package org.postrider.storage.blob;

import java.util.Optional;

/// What a record of a segment holds. The numbers stand in files.
public enum RecordType {
    /// The octets of a message, without its trace fields.
    BODY(1),
    /// That a message came to a mailbox: what its rows said when they were written.
    ARRIVAL(2),
    /// The names of accounts and mailboxes.
    NAMES(3),
    /// The extracted text of a body.
    TEXT(4);

    private final int number;

    RecordType(int number) {
        this.number = number;
    }

    /// Whether no row names such a record: who compacts a segment has it carried over.
    public boolean isNote() {
        return this == ARRIVAL || this == NAMES;
    }

    int number() {
        return number;
    }

    static Optional<RecordType> of(int number) {
        for (var type : values()) {
            if (type.number == number) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }
}
