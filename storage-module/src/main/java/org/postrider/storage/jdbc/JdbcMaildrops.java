package org.postrider.storage.jdbc;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.postrider.storage.directory.AccountId;
import org.postrider.storage.mailbox.MailboxFeed;
import org.postrider.storage.mailbox.MailboxId;
import org.postrider.storage.mailbox.MailboxName;
import org.postrider.storage.mailbox.MailboxView;
import org.postrider.storage.mailbox.Maildrops;
import org.postrider.storage.mailbox.Outcome;
import org.postrider.storage.mailbox.Refusal;
import org.postrider.storage.mailbox.UidSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Maildrops of this process: a lock in memory for each account, and a view as the maildrop.
final class JdbcMaildrops implements Maildrops {

    private static final Logger LOG = LoggerFactory.getLogger(JdbcMaildrops.class);

    private final Lanes lanes;
    private final JdbcMailboxes mailboxes;
    private final ConcurrentMap<AccountId, String> holders = new ConcurrentHashMap<>();

    JdbcMaildrops(Lanes lanes, JdbcMailboxes mailboxes) {
        this.lanes = lanes;
        this.mailboxes = mailboxes;
    }

    @Override
    public Outcome<Maildrop> open(AccountId account, String holder) {
        var other = holders.putIfAbsent(account, holder);
        if (other != null) {
            LOG.debug("maildrop {} wanted by {} is held by {}", account.value(), holder, other);
            return new Outcome.Refused<>(Refusal.IN_USE);
        }
        boolean opened = false;
        try {
            var outcome = open(account);
            opened = outcome instanceof Outcome.Done;
            return outcome;
        } finally {
            if (!opened) {
                holders.remove(account);
            }
        }
    }

    private Outcome<Maildrop> open(AccountId account) {
        var inbox = mailboxes.find(account, MailboxName.INBOX);
        if (inbox.isEmpty()) {
            return new Outcome.Refused<>(Refusal.NO_SUCH_MAILBOX);
        }
        return switch (mailboxes.follow(inbox.get().id(), () -> {})) {
            case Outcome.Refused(var why) -> new Outcome.Refused<>(why);
            case Outcome.Done(var feed) -> new Outcome.Done<>(new Held(inbox.get().id(), feed));
        };
    }

    /// A maildrop in use.
    private final class Held implements Maildrop {
        private final MailboxId mailbox;
        private final MailboxFeed feed;
        private final MailboxView view;
        private boolean closed;

        /// @param feed kept open, so that what is in the view stays readable
        Held(MailboxId mailbox, MailboxFeed feed) {
            this.mailbox = mailbox;
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
                return new Outcome.Refused<>(Refusal.LEASE_LOST);
            }
            try {
                return lanes.call(new MaildropUpdateCommand(mailbox, deleted, retrieved));
            } finally {
                close();
            }
        }

        @Override
        public synchronized void close() {
            if (!closed) {
                closed = true;
                feed.close();
                holders.remove(mailbox.account());
            }
        }
    }
}
