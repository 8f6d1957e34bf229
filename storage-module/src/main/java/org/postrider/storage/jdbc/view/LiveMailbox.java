package org.postrider.storage.jdbc.view;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.postrider.storage.jdbc.account.LoggedChange;
import org.postrider.storage.jdbc.account.MailboxState;
import org.postrider.storage.mailbox.MailboxFeed;
import org.postrider.storage.mailbox.MailboxView;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A mailbox that somebody uses or used not long ago: the newest durable view, and the sessions
/// that follow it.
///
/// A session that only waits (IDLE) keeps no whole view: it holds one at rest, which tells it what
/// it has told its client, and says so ([MailboxFeed#rests]). When all who follow are such, and all
/// have been told of the newest view, the mailbox can be put to rest too: then nobody holds its
/// chunks. While it is at rest, messages that come are added to the view at rest, so that those who
/// wait hear of them; any other change, and a session that wants to do more than wait, has the
/// whole view loaded again.
public final class LiveMailbox {

    private static final Logger LOG = LoggerFactory.getLogger(LiveMailbox.class);

    /// Brings the whole view into memory.
    @FunctionalInterface
    public interface Loading {
        /// @return false when there is no such mailbox
        boolean load();
    }

    private final List<Feed> followers = new CopyOnWriteArrayList<>();

    /// A whole view; or one at rest; or, when flags changed since that, an old one at rest.
    private volatile MailboxView newest;

    private volatile boolean outdated;

    /// Nobody has used the whole view since the last look.
    private boolean quiet;

    private volatile long lastUse = System.nanoTime();

    public LiveMailbox(ChunkedView whole) {
        this.newest = whole;
    }

    /// The whole view, if it is in memory.
    Optional<ChunkedView> whole() {
        return newest instanceof ChunkedView view ? Optional.of(view) : Optional.empty();
    }

    @SuppressWarnings("ReferenceEquality")
    boolean shows(ChunkedView view) {
        return newest == view;
    }

    boolean deleted() {
        return newest.deleted();
    }

    long lastUse() {
        return lastUse;
    }

    void used() {
        lastUse = System.nanoTime();
        quiet = false;
    }

    boolean followed() {
        return !followers.isEmpty();
    }

    public MailboxFeed follow(Runnable listener, Loading loading) {
        var feed = new Feed(listener, loading);
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
        newest = view;
        outdated = false;
        used();
    }

    /// Takes a whole view that is no newer than what is known.
    void wake(ChunkedView view) {
        if (!(newest instanceof ChunkedView)) {
            publish(view);
        }
    }

    /// Takes what happened while the mailbox was at rest.
    ///
    /// @param state the mailbox after it, null when it is there no more
    /// @return whether something happened
    boolean rested(List<LoggedChange> changes, @Nullable MailboxState state, long modSeq) {
        if (!(newest instanceof RestingView view) || view.deleted()) {
            return false;
        }
        if (state == null) {
            newest = view.closed(modSeq);
            outdated = false;
            return true;
        }
        if (outdated || state.highestModSeq() == view.highestModSeq().value()) {
            return outdated;
        }
        var after = view.after(changes, state);
        after.ifPresent(now -> newest = now);
        outdated = after.isEmpty();
        return true;
    }

    /// Whether nobody needs the whole view.
    public boolean canRest() {
        if (!(newest instanceof ChunkedView view)) {
            return false;
        }
        long modSeq = view.highestModSeq().value();
        return followers.stream().allMatch(feed -> feed.resting && feed.shown == modSeq);
    }

    /// Lets the whole view go.
    public void rest() {
        newest = newest.resting();
    }

    /// Whether nobody has needed the whole view since this was asked last.
    boolean isQuiet() {
        boolean was = quiet;
        quiet = canRest();
        return was && quiet;
    }

    public void tell() {
        followers.forEach(Feed::tell);
    }

    private final class Feed implements MailboxFeed {
        private final Runnable listener;
        private final Loading loading;
        private volatile boolean resting;
        private volatile long shown;

        Feed(Runnable listener, Loading loading) {
            this.listener = listener;
            this.loading = loading;
            shows(newest);
        }

        @Override
        public MailboxView current() {
            while (true) {
                var view = newest;
                if (view instanceof ChunkedView || view.deleted() || (resting && !outdated)) {
                    return view;
                }
                if (!loading.load() && !newest.deleted()) {
                    return ((RestingView) view.resting()).closed(view.highestModSeq().value() + 1);
                }
            }
        }

        /// The view of a deleted mailbox has what the mailbox had before.
        @Override
        public void shows(MailboxView view) {
            shown = view.highestModSeq().value() - (view.deleted() ? 1 : 0);
        }

        @Override
        public void rests(MailboxView told) {
            shows(told);
            resting = true;
        }

        @Override
        public void resume() {
            resting = false;
        }

        @Override
        public void close() {
            followers.remove(this);
            used();
        }

        @SuppressWarnings("CatchAndPrintStackTrace")
        void tell() {
            try {
                listener.run();
            } catch (RuntimeException e) {
                LOG.error("a listener of {} failed", newest.mailbox(), e);
            }
        }
    }
}
