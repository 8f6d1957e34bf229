package org.postrider.storage.mailbox;

import java.time.Instant;
import java.util.List;

/// One mailbox at one moment: immutable, shared by all sessions that look at it. A session keeps
/// the view it has told its client of, so its sequence numbers stand still whatever others do, and
/// learns what is new by comparing that with the newest one ([#since]).
///
/// Messages are in UID order; `index` counts from 0, so a sequence number is `index + 1`.
public interface MailboxView {

    MailboxId mailbox();

    UidValidity uidValidity();

    /// The UID that the next message will get or exceed (RFC 9051 §2.3.1.1).
    long uidNext();

    /// The MODSEQ of the last change in this mailbox.
    ModSeq highestModSeq();

    /// The mailbox was deleted; this view shows what was in it.
    boolean deleted();

    int size();

    long uid(int index);

    /// The flags of the message; mostly the same object for messages with equal flags.
    Flags flags(int index);

    /// RFC822.SIZE in octets.
    long octets(int index);

    Instant internalDate(int index);

    ModSeq modSeq(int index);

    /// The index of a UID, or -1.
    int indexOf(long uid);

    /// The index of the first message whose UID is at least this; [#size] when there is none.
    int firstFrom(long uid);

    /// The keywords this mailbox knows, in the order in which it met them.
    List<String> keywords();

    int unseen();

    /// Index of the first message without \Seen, or -1.
    int firstUnseen();

    /// This view for a session that only waits: it knows the UIDs, their numbers and the figures,
    /// and is small. What it is asked of a single message beyond its UID is an
    /// [IllegalStateException].
    MailboxView resting();

    /// What happened between an earlier view of this mailbox, which may be at rest, and this one.
    Difference since(MailboxView earlier);

    /// @param expunged UIDs that the earlier view has and this one has not
    /// @param changed UIDs in both whose flags differ
    /// @param appended UIDs that only this view has
    record Difference(UidSet expunged, UidSet changed, UidSet appended) {}
}
