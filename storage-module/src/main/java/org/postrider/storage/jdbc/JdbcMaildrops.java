package org.postrider.storage.jdbc;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import org.postrider.storage.directory.AccountId;
import org.postrider.storage.jdbc.command.LeaseCommands;
import org.postrider.storage.jdbc.command.MaildropUpdateCommand;
import org.postrider.storage.jdbc.lane.Lanes;
import org.postrider.storage.jdbc.upkeep.Upkeep;
import org.postrider.storage.mailbox.MailboxFeed;
import org.postrider.storage.mailbox.MailboxName;
import org.postrider.storage.mailbox.MailboxView;
import org.postrider.storage.mailbox.Maildrops;
import org.postrider.storage.mailbox.Outcome;
import org.postrider.storage.mailbox.Refusal;
import org.postrider.storage.mailbox.StoreUnavailable;
import org.postrider.storage.mailbox.UidSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Maildrops: a lease for each that is open, and a view as the maildrop. Who holds one in this
/// process is known without asking the lane.
final class JdbcMaildrops implements Maildrops {

    private static final Logger LOG = LoggerFactory.getLogger(JdbcMaildrops.class);

    /// What `maildrop_lease.holder` takes.
    private static final int LONGEST_HOLDER = 80;

    /// Leases that one command extends.
    private static final int AT_ONCE = 1_000;

    private final Lanes lanes;
    private final JdbcMailboxes mailboxes;
    private final ConcurrentMap<AccountId, String> holders = new ConcurrentHashMap<>();
    private final ConcurrentMap<AccountId, LeaseCommands.Held> leases = new ConcurrentHashMap<>();
    private final AtomicLong opened = new AtomicLong();
    private final long life;

    JdbcMaildrops(Lanes lanes, JdbcMailboxes mailboxes, InstantSource clock) {
        this.lanes = lanes;
        this.mailboxes = mailboxes;
        this.life = clock.millis();
    }

    Upkeep.Task heartbeat() {
        return new Upkeep.Task("leases", Duration.ofSeconds(5), this::extend);
    }

    private void extend() {
        var held = new ArrayList<>(leases.values());
        for (int from = 0; from < held.size(); from += AT_ONCE) {
            int to = Math.min(held.size(), from + AT_ONCE);
            lanes.call(new LeaseCommands.Extend(held.subList(from, to)));
        }
    }

    @Override
    public Outcome<Maildrop> open(AccountId account, String holder) {
        var other = holders.putIfAbsent(account, holder);
        if (other != null) {
            LOG.debug("maildrop {} wanted by {} is held by {}", account.value(), holder, other);
            return new Outcome.Refused<>(Refusal.IN_USE);
        }
        boolean isOpen = false;
        try {
            var outcome = take(account, holder);
            isOpen = outcome instanceof Outcome.Done;
            return outcome;
        } finally {
            if (!isOpen) {
                forget(account);
            }
        }
    }

    private Outcome<Maildrop> take(AccountId account, String holder) {
        var inbox = mailboxes.find(account, MailboxName.INBOX);
        if (inbox.isEmpty()) {
            return new Outcome.Refused<>(Refusal.NO_SUCH_MAILBOX);
        }
        var acquire = new LeaseCommands.Acquire(inbox.get().id(), unique(holder));
        return switch (lanes.call(acquire)) {
            case Outcome.Refused(var why) -> new Outcome.Refused<>(why);
            case Outcome.Done(var lease) -> {
                leases.put(account, lease);
                yield show(lease);
            }
        };
    }

    /// The name of a lease: no two have the same one.
    private String unique(String holder) {
        var name = life + "." + opened.incrementAndGet() + " " + holder;
        return name.substring(0, Math.min(name.length(), LONGEST_HOLDER));
    }

    private Outcome<Maildrop> show(LeaseCommands.Held lease) {
        return switch (mailboxes.follow(lease.maildrop(), () -> {})) {
            case Outcome.Refused(var why) -> new Outcome.Refused<>(why);
            case Outcome.Done(var feed) -> new Outcome.Done<>(new Open(lease, feed));
        };
    }

    /// Gives the lease back, if there is one, without waiting for it, and then the account.
    private void forget(AccountId account) {
        try {
            Optional.ofNullable(leases.remove(account))
                    .ifPresent(lease -> lanes.send(new LeaseCommands.Release(lease)));
        } catch (StoreUnavailable e) {
            LOG.debug("the lease of maildrop {} runs out by itself", account.value(), e);
        } finally {
            holders.remove(account);
        }
    }

    /// A maildrop in use.
    private final class Open implements Maildrop {
        private final LeaseCommands.Held lease;
        private final MailboxFeed feed;
        private final MailboxView view;
        private boolean closed;

        /// @param feed kept open, so that what is in the view stays readable
        Open(LeaseCommands.Held lease, MailboxFeed feed) {
            this.lease = lease;
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
                var outcome = lanes.call(new MaildropUpdateCommand(lease, deleted, retrieved));
                leases.remove(lease.maildrop().account());
                return outcome;
            } finally {
                close();
            }
        }

        @Override
        public synchronized void close() {
            if (!closed) {
                closed = true;
                feed.close();
                forget(lease.maildrop().account());
            }
        }
    }
}
