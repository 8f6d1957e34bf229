package org.postrider.storage;

import org.postrider.storage.directory.Directory;
import org.postrider.storage.mailbox.Mailboxes;
import org.postrider.storage.mailbox.Maildrops;
import org.postrider.storage.mailbox.Messages;
import org.postrider.storage.mailbox.Undelete;

/// The opened mail store. Closing it lets what was accepted become durable, then refuses
/// everything.
public interface Store extends AutoCloseable {

    Directory directory();

    Mailboxes mailboxes();

    Messages messages();

    Maildrops maildrops();

    Undelete undelete();

    @Override
    void close();
}
