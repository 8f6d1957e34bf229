package org.postrider.storage.jdbc;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.postrider.storage.mailbox.MailboxFeed;
import org.postrider.storage.mailbox.MailboxView;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A mailbox whose view is in memory: the newest durable view, and the sessions that follow it.
final class LiveMailbox {

    private static final Logger LOG = LoggerFactory.getLogger(LiveMailbox.class);

    private final Set<Feed> followers = ConcurrentHashMap.newKeySet();
    private volatile ChunkedView current;

    LiveMailbox(ChunkedView current) {
        this.current = current;
    }

    ChunkedView current() {
        return current;
    }

    boolean followed() {
        return !followers.isEmpty();
    }

    MailboxFeed follow(Runnable listener) {
        var feed = new Feed(listener);
        followers.add(feed);
        return feed;
    }

    /// The MODSEQ of the oldest view that somebody who follows may still show: messages that were
    /// expunged after it must stay readable.
    long shownSince() {
        return followers.stream().mapToLong(feed -> feed.shown).min().orElse(Long.MAX_VALUE);
    }

    /// Replaces the view; whoever follows is told afterwards by [#tell].
    void publish(ChunkedView view) {
        current = view;
    }

    void tell() {
        followers.forEach(Feed::tell);
    }

    private final class Feed implements MailboxFeed {
        private final Runnable listener;
        private volatile long shown;

        Feed(Runnable listener) {
            this.listener = listener;
            shows(current);
        }

        @Override
        public MailboxView current() {
            return current;
        }

        /// The view of a deleted mailbox has what the mailbox had before.
        @Override
        public void shows(MailboxView view) {
            shown = view.highestModSeq().value() - (view.deleted() ? 1 : 0);
        }

        @Override
        public void close() {
            followers.remove(this);
        }

        @SuppressWarnings("CatchAndPrintStackTrace")
        void tell() {
            try {
                listener.run();
            } catch (RuntimeException e) {
                LOG.error("a listener of {} failed", current.mailbox(), e);
            }
        }
    }
}
