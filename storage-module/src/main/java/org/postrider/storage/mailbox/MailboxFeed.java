package org.postrider.storage.mailbox;

/// A session's window on a mailbox that others change.
public interface MailboxFeed extends AutoCloseable {

    /// The newest durable view.
    MailboxView current();

    /// Says which view the session shows its client from now on. As long as it has not said so, it
    /// shows the one that was current when the window was opened. What that view has and newer ones
    /// have not is kept and can be read.
    void shows(MailboxView view);

    /// Ends the subscription; the listener is not called afterwards.
    @Override
    void close();
}
