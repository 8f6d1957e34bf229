package org.postrider.storage;

import java.util.function.Consumer;
import org.postrider.storage.check.CheckOptions;
import org.postrider.storage.check.CheckReport;
import org.postrider.storage.check.Violation;
import org.postrider.storage.directory.Administration;
import org.postrider.storage.directory.Directory;
import org.postrider.storage.mailbox.Mailboxes;
import org.postrider.storage.mailbox.Maildrops;
import org.postrider.storage.mailbox.Messages;
import org.postrider.storage.mailbox.StoreUnavailable;
import org.postrider.storage.mailbox.Undelete;

/// The opened mail store. Closing it lets what was accepted become durable, then refuses
/// everything.
public interface Store extends AutoCloseable {

    Directory directory();

    Administration administration();

    Mailboxes mailboxes();

    Messages messages();

    Maildrops maildrops();

    Undelete undelete();

    /// Looks whether all that must be true of the store is, while it goes on.
    ///
    /// @param found is told of each violation when it is met, on a thread of the store
    /// @throws StoreUnavailable when the database cannot be asked
    CheckReport check(CheckOptions options, Consumer<Violation> found);

    @Override
    void close();
}
