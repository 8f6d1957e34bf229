package org.postrider.storage.mailbox;

/// A session's window on a mailbox that others change.
public interface MailboxFeed extends AutoCloseable {

    /// The newest durable view.
    MailboxView current();

    /// Ends the subscription; the listener is not called afterwards.
    @Override
    void close();
}
