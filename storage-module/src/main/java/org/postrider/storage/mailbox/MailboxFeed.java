package org.postrider.storage.mailbox;

/// A session's window on a mailbox that others change.
public interface MailboxFeed extends AutoCloseable {

    /// The newest durable view; it may be at rest ([MailboxView#resting]) while the session is.
    MailboxView current();

    /// Says which view the session shows its client from now on. As long as it has not said so, it
    /// shows the one that was current when the window was opened. What that view has and newer ones
    /// have not is kept and can be read.
    void shows(MailboxView view);

    /// Says that the session has told its client all of this view and from now on only waits for
    /// news (RFC 2177). It must hold views at rest only, so that the store can let whole ones go,
    /// and says this again each time it has told news.
    void rests(MailboxView told);

    /// Says that the session does more than wait again.
    void resume();

    /// Ends the subscription; the listener is not called afterwards.
    @Override
    void close();
}
