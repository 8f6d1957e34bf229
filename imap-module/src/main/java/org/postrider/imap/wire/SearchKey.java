package org.postrider.imap.wire;

import java.time.LocalDate;
import java.util.List;
import org.postrider.storage.mailbox.SystemFlag;

/// What SEARCH looks for (RFC 3501 §6.4.4).
public sealed interface SearchKey {

    record All() implements SearchKey {}

    record Flagged(SystemFlag flag) implements SearchKey {}

    record Keyword(String keyword) implements SearchKey {}

    record Recent() implements SearchKey {}

    /// The internal date, as a date, is in `[from, to)`.
    record Received(LocalDate from, LocalDate to) implements SearchKey {}

    /// The Date field, as a date, is in `[from, to)`.
    record Sent(LocalDate from, LocalDate to) implements SearchKey {}

    record Larger(long octets) implements SearchKey {}

    record Smaller(long octets) implements SearchKey {}

    record Messages(Numbering numbering, SequenceSet set) implements SearchKey {}

    /// A field of this name contains the text; the empty text is in every field.
    record Header(String name, String text) implements SearchKey {}

    record Body(String text) implements SearchKey {}

    /// Header or body.
    record Text(String text) implements SearchKey {}

    record Not(SearchKey key) implements SearchKey {}

    record Or(SearchKey one, SearchKey other) implements SearchKey {}

    record And(List<SearchKey> keys) implements SearchKey {
        public And {
            keys = List.copyOf(keys);
        }
    }
}
