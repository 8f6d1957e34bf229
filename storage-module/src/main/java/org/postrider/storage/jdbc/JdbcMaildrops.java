package org.postrider.storage.jdbc;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.postrider.storage.directory.AccountId;
import org.postrider.storage.jdbc.command.MaildropUpdateCommand;
import org.postrider.storage.jdbc.lane.Lanes;
import org.postrider.storage.mailbox.MailboxFeed;
import org.postrider.storage.mailbox.MailboxName;
import org.postrider.storage.mailbox.MailboxView;
import org.postrider.storage.mailbox.Maildrops;
import org.postrider.storage.mailbox.Outcome;
import org.postrider.storage.mailbox.Refusal;
import org.postrider.storage.mailbox.UidSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Maildrops: a lease for each that is open, and a view as the maildrop.
///
/// Leases are in memory alone (decision 8). One process at a time writes a database, by a lock that
/// its lanes hold, so no other can have a maildrop open; and a lease ends with the process, as its
/// sessions do. Who looks for mail and finds none changes nothing in the database.
final class JdbcMaildrops implements Maildrops {

    private static final Logger LOG = LoggerFactory.getLogger(JdbcMaildrops.class);

    private final Lanes lanes;
    private final JdbcMailboxes mailboxes;
    private final ConcurrentMap<AccountId, String> leases = new ConcurrentHashMap<>();

    JdbcMaildrops(Lanes lanes, JdbcMailboxes mailboxes) {
        this.lanes = lanes;
        this.mailboxes = mailboxes;
    }

    @Override
    public Outcome<Maildrop> open(AccountId account, String holder) {
        var other = leases.putIfAbsent(account, holder);
        if (other != null) {
            LOG.debug("maildrop {} wanted by {} is held by {}", account.value(), holder, other);
            return new Outcome.Refused<>(Refusal.IN_USE);
        }
        boolean isOpen = false;
        try {
            var outcome = show(account);
            isOpen = outcome instanceof Outcome.Done;
            return outcome;
        } finally {
            if (!isOpen) {
                leases.remove(account);
            }
        }
    }

    private Outcome<Maildrop> show(AccountId account) {
        var inbox = mailboxes.find(account, MailboxName.INBOX);
        if (inbox.isEmpty()) {
            return new Outcome.Refused<>(Refusal.NO_SUCH_MAILBOX);
        }
        return switch (mailboxes.follow(inbox.get().id(), () -> {})) {
            case Outcome.Refused(var why) -> new Outcome.Refused<>(why);
            case Outcome.Done(var feed) -> new Outcome.Done<>(new Open(feed));
        };
    }

    /// A maildrop in use.
    private final class Open implements Maildrop {
        private final MailboxFeed feed;
        private final MailboxView view;
        private boolean closed;

        /// @param feed kept open, so that what is in the view stays readable
        Open(MailboxFeed feed) {
            this.feed = feed;
            this.view = feed.current();
        }

        @Override
        public MailboxView view() {
            return view;
        }

        @Override
        public synchronized Outcome<UidSet> update(UidSet deleted, UidSet retrieved) {
            if (closed) {
                throw new IllegalStateException("the maildrop is closed");
            }
            try {
                return deleted.isEmpty() && retrieved.isEmpty()
                        ? new Outcome.Done<>(UidSet.EMPTY)
                        : lanes.call(new MaildropUpdateCommand(view.mailbox(), deleted, retrieved));
            } finally {
                close();
            }
        }

        @Override
        public synchronized void close() {
            if (!closed) {
                closed = true;
                feed.close();
                leases.remove(view.mailbox().account());
            }
        }
    }
}
