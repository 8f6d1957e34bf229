package org.postrider.storage.mailbox;

import org.postrider.storage.directory.AccountId;

/// INBOXes as POP3 sees them (RFC 1939 §3): one session at a time, and still while it lasts.
public interface Maildrops {

    /// Opens the maildrop of an account, or refuses it with [Refusal#IN_USE].
    ///
    /// @param holder who asks, for people who wonder who holds the lock
    Outcome<Maildrop> open(AccountId account, String holder);

    /// An open maildrop. Closing it gives the lock back and changes nothing.
    interface Maildrop extends AutoCloseable {

        /// The messages when it was opened: numbers, sizes and UIDs for the whole session.
        MailboxView view();

        /// The UPDATE state (RFC 1939 §6): expunges those of `deleted` that still live and sets
        /// \Seen on those of `retrieved` that still live, in one transaction, then closes the
        /// maildrop. Without any it only closes it.
        ///
        /// @throws IllegalStateException when it is closed
        Outcome<UidSet> update(UidSet deleted, UidSet retrieved);

        @Override
        void close();
    }
}
