package org.postrider.pop3.server;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.postrider.storage.Store;
import org.postrider.storage.check.CheckOptions;
import org.postrider.storage.check.CheckReport;
import org.postrider.storage.check.Violation;
import org.postrider.storage.directory.AccountId;
import org.postrider.storage.directory.Administration;
import org.postrider.storage.directory.Directory;
import org.postrider.storage.mailbox.MailboxView;
import org.postrider.storage.mailbox.Mailboxes;
import org.postrider.storage.mailbox.Maildrops;
import org.postrider.storage.mailbox.Messages;
import org.postrider.storage.mailbox.Outcome;
import org.postrider.storage.mailbox.StoreUnavailable;
import org.postrider.storage.mailbox.UidSet;
import org.postrider.storage.mailbox.Undelete;

/// A real store whose first maildrop is locked, but cannot tell what is in it.
final class UnreadableAtFirst implements Store, Maildrops {

    private final Store real;
    private final AtomicBoolean isFirst = new AtomicBoolean(true);

    UnreadableAtFirst(Store real) {
        this.real = real;
    }

    @Override
    public Outcome<Maildrop> open(AccountId account, String holder) {
        var opened = real.maildrops().open(account, holder);
        return opened instanceof Outcome.Done<Maildrop>(var maildrop) && isFirst.getAndSet(false)
                ? new Outcome.Done<>(new Unreadable(maildrop))
                : opened;
    }

    @Override
    public Administration administration() {
        return real.administration();
    }

    @Override
    public Directory directory() {
        return real.directory();
    }

    @Override
    public Mailboxes mailboxes() {
        return real.mailboxes();
    }

    @Override
    public Messages messages() {
        return real.messages();
    }

    @Override
    public Maildrops maildrops() {
        return this;
    }

    @Override
    public Undelete undelete() {
        return real.undelete();
    }

    @Override
    public CheckReport check(CheckOptions options, Consumer<Violation> found) {
        return real.check(options, found);
    }

    @Override
    public void close() {
        real.close();
    }

    private record Unreadable(Maildrop lock) implements Maildrop {

        @Override
        public MailboxView view() {
            throw new StoreUnavailable("the messages cannot be read");
        }

        @Override
        public Outcome<UidSet> update(UidSet deleted, UidSet retrieved) {
            return lock.update(deleted, retrieved);
        }

        @Override
        public void close() {
            lock.close();
        }
    }
}
