package org.postrider.storage.mailbox;

import java.time.LocalDate;
import java.util.List;

/// What a search looks for in a message (RFC 9051 §6.4.4, RFC 7162 §3.1.5, RFC 8474 §6, RFC 8514
/// §4.3).
///
/// A text is looked for as a reader sees the message: encoded words, transfer encodings and
/// charsets undone, of HTML what a browser shows. It is found anywhere inside a field or a part,
/// without regard to case: both are compared after Unicode's simple case folding. (The comparator
/// i;unicode-casemap of RFC 5051 would decompose characters as well.) The empty text is in every
/// text.
public sealed interface Criterion {

    record All() implements Criterion {}

    record And(List<Criterion> all) implements Criterion {
        public And {
            all = List.copyOf(all);
        }
    }

    record Or(Criterion one, Criterion other) implements Criterion {}

    record Not(Criterion not) implements Criterion {}

    /// What the view of the mailbox tells.
    sealed interface OfView extends Criterion {}

    record Flagged(SystemFlag flag) implements OfView {}

    /// Has this keyword, in any case.
    record Keyword(String keyword) implements OfView {}

    record Larger(long octets) implements OfView {}

    record Smaller(long octets) implements OfView {}

    /// INTERNALDATE, as a date in UTC, is in `[from, to)`.
    record Received(LocalDate from, LocalDate to) implements OfView {}

    record Uids(UidSet uids) implements OfView {}

    /// Its MODSEQ is at least this.
    record ChangedSince(long modSeq) implements OfView {}

    /// What was computed of the message when it came.
    sealed interface OfMeta extends Criterion {}

    /// SAVEDATE, as a date in UTC, is in `[from, to)`.
    record Saved(LocalDate from, LocalDate to) implements OfMeta {}

    /// The Date field, as a date without regard to its time and zone, is in `[from, to)`.
    record Sent(LocalDate from, LocalDate to) implements OfMeta {}

    record EmailId(String id) implements OfMeta {}

    record ThreadId(String id) implements OfMeta {}

    /// A field of this name contains the text.
    record Field(String name, String text) implements OfMeta {}

    /// What only the whole message tells.
    sealed interface OfText extends Criterion {}

    /// A text of the body, or the header of a message inside, contains the text.
    record Body(String text) implements OfText {}

    /// A field of the header, with its name, or the body contains the text.
    record Text(String text) implements OfText {}
}
