package org.postrider.imap.wire;

import java.util.List;
import java.util.Optional;

/// Something FETCH is asked for (RFC 3501 §6.4.5).
public sealed interface FetchItem {

    /// Items that are computed once, when a message arrives or changes.
    enum Attribute implements FetchItem {
        FLAGS,
        UID,
        INTERNALDATE,
        RFC822_SIZE,
        ENVELOPE,
        BODY,
        BODYSTRUCTURE
    }

    /// Octets of the message.
    ///
    /// @param label how the response names it
    /// @param part part numbers, none for the message itself
    /// @param text what of that part
    /// @param range which of its octets
    /// @param peek whether reading it leaves \Seen alone
    record Section(String label, List<Integer> part, Text text, Optional<Range> range, boolean peek)
            implements FetchItem {
        public Section {
            part = List.copyOf(part);
        }
    }

    /// `<first.count>`.
    record Range(long first, long count) {}

    /// What of a part (RFC 3501 §6.4.5 `section-spec`).
    sealed interface Text {
        /// All of it: the message, or the body of a part.
        record Whole() implements Text {}

        record Header() implements Text {}

        /// The fields with these names, or all others.
        record Fields(List<String> names, boolean others) implements Text {
            public Fields {
                names = List.copyOf(names);
            }
        }

        record Body() implements Text {}

        record Mime() implements Text {}
    }
}
