package org.postrider.storage.mailbox;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.LongConsumer;

/// The messages in mailboxes: how they come, change, go, and are read.
///
/// Every mutation is one transaction. It returns when its effect is durable, or throws
/// [StoreUnavailable]. What it did is in [MailboxFeed#current] before it returns.
public interface Messages {

    /// Whether there is room for a message of so many octets. Below a low-water mark there is none,
    /// and a protocol refuses messages before they are sent; what removes messages still works.
    boolean hasRoom(long octets);

    /// Receives the octets of a message: reads the input to its end, makes every bare CR and LF a
    /// CRLF and ends the last line with one, parses as it goes. Blocks, in bounded memory.
    ///
    /// @param limit the most octets that are taken
    /// @throws IOException when the input fails
    /// @throws StoreUnavailable when the octets cannot be kept
    Staging stage(InputStream octets, long limit) throws IOException;

    /// Delivers a message to the INBOX of each recipient.
    ///
    /// @return one outcome for each recipient, in the same order: a recipient that cannot take it
    ///   does not hinder the others
    List<Outcome<Delivered>> deliver(Delivery delivery);

    /// Appends messages, all or none (RFC 9051 §6.3.12).
    Outcome<Appended> append(MailboxId mailbox, List<NewMessage> messages);

    /// Changes flags. UIDs that are not in the mailbox are passed over; a message whose flags are
    /// already so keeps its MODSEQ.
    ///
    /// @param unchangedSince when given, messages with a higher MODSEQ are left alone
    Outcome<FlagsStored> storeFlags(
            MailboxId mailbox, UidSet uids, FlagChange change, OptionalLong unchangedSince);

    /// Removes the messages among `uids` that have \Deleted.
    ///
    /// @return what was removed
    Outcome<UidSet> expunge(MailboxId mailbox, UidSet uids);

    /// Copies messages with their flags and dates into a mailbox of the same account, all or none.
    Outcome<Copied> copy(MailboxId from, UidSet uids, MailboxId to);

    /// Moves messages into a mailbox of the same account, all or none, as one change (RFC 6851 §3):
    /// a copy as [#copy] makes it, and what it was made of is gone. No quota refuses it, and what
    /// is gone so cannot be brought back: it is in the other mailbox.
    Outcome<Copied> move(MailboxId from, UidSet uids, MailboxId to);

    /// Reads messages in UID order and hands them to the reader one after the other, while it is
    /// being called only. A message that was expunged is read as long as the store still has it;
    /// UIDs it does not have are passed over.
    void read(MailboxId mailbox, UidSet uids, Extent extent, Reader reader) throws IOException;

    /// The same for who will open the octets of few of them.
    default void read(MailboxId mailbox, UidSet uids, Reader reader) throws IOException {
        read(mailbox, uids, Extent.META, reader);
    }

    /// What is read of messages at once. The octets can be opened either way.
    enum Extent {
        /// What was computed at delivery.
        META,
        /// The octets too, of messages that are not large: quicker for who opens most of them.
        OCTETS
    }

    /// Looks for messages that fit, the cheapest criteria first. It is complete at every moment:
    /// what is not kept for searches is read from the messages.
    ///
    /// @param view what the mailbox is to the caller: flags, sizes, dates
    /// @param among only messages of the view with these UIDs
    /// @param found takes the UID of each that fits, in order, while it is being called only
    void search(MailboxView view, UidSet among, Criterion what, LongConsumer found);

    /// Takes one message at a time.
    @FunctionalInterface
    interface Reader {
        void accept(StoredMessage message) throws IOException;
    }
}
