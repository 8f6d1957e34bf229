package org.postrider.storage.jdbc;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.postrider.storage.Store;
import org.postrider.storage.mailbox.MailboxFeed;
import org.postrider.storage.mailbox.MailboxId;
import org.postrider.storage.mailbox.MailboxView;
import org.postrider.storage.mailbox.Outcome;

/// What sessions show their clients. While one opens its window, or turns from one view to another,
/// nobody else can tell which it shows. But what it surely shows must not go for good, and what it
/// cannot show any more must not be kept for its sake.
final class Windows {

    /// What one window shows, from one change of it to the next.
    ///
    /// @param number of the change
    /// @param surely what was removed after this MODSEQ is shown
    /// @param perhaps what was removed after this MODSEQ may be shown
    private record Shown(long number, MailboxId mailbox, long surely, long perhaps) {}

    /// What is shown at one moment.
    static final class Moment {
        private final Set<Shown> shown;

        private Moment(Set<Shown> shown) {
            this.shown = shown;
        }
    }

    /// What was shown between two moments.
    static final class Period {

        private final Set<Shown> throughout;
        private final Set<Shown> ever;

        Period(Moment begin, Moment end) {
            throughout = new HashSet<>(begin.shown);
            throughout.retainAll(end.shown);
            ever = new HashSet<>(begin.shown);
            ever.addAll(end.shown);
        }

        /// Whether all the time somebody showed what was removed from a mailbox at a MODSEQ.
        boolean showed(MailboxId mailbox, long modSeq) {
            return throughout.stream()
                    .anyMatch(each -> each.mailbox.equals(mailbox) && modSeq > each.surely);
        }

        /// Whether at any time somebody may have shown it.
        boolean mayHaveShown(MailboxId mailbox, long modSeq) {
            return ever.stream()
                    .anyMatch(each -> each.mailbox.equals(mailbox) && modSeq > each.perhaps);
        }
    }

    private final Map<Window, Shown> shown = new HashMap<>();
    private long changes;

    synchronized Moment now() {
        return new Moment(Set.copyOf(shown.values()));
    }

    /// Somebody is about to open a window, and tells of it.
    Window opening(MailboxId mailbox) {
        var window = new Window(mailbox);
        window.is(Long.MAX_VALUE, 0);
        return window;
    }

    /// Opens a window that tells by itself.
    Outcome<MailboxFeed> follow(Store store, MailboxId mailbox, Runnable listener) {
        var window = opening(mailbox);
        return switch (store.mailboxes().follow(mailbox, listener)) {
            case Outcome.Refused<MailboxFeed> refused -> {
                window.closed();
                yield refused;
            }
            case Outcome.Done(var feed) -> {
                window.opened(feed.current());
                yield new Outcome.Done<>(new Telling(feed, window));
            }
        };
    }

    /// A window on a mailbox; each change is told of before and after it is made.
    final class Window {
        private final MailboxId mailbox;

        /// As far as it is known.
        private long showing;

        private Window(MailboxId mailbox) {
            this.mailbox = mailbox;
        }

        private void is(long surely, long perhaps) {
            synchronized (Windows.this) {
                shown.put(this, new Shown(++changes, mailbox, surely, perhaps));
            }
        }

        /// It shows this view or one that is somewhat older.
        void opened(MailboxView view) {
            is(removedBy(view), showing);
        }

        void turning(MailboxView to) {
            is(Long.MAX_VALUE, Math.min(showing, removedBy(to)));
        }

        void shows(MailboxView view) {
            showing = removedBy(view);
            is(showing, showing);
        }

        void closing() {
            is(Long.MAX_VALUE, showing);
        }

        void closed() {
            synchronized (Windows.this) {
                shown.remove(this);
            }
        }

        /// The view of a deleted mailbox has what the mailbox had before.
        private static long removedBy(MailboxView view) {
            return view.highestModSeq().value() - (view.deleted() ? 1 : 0);
        }
    }

    private record Telling(MailboxFeed feed, Window window) implements MailboxFeed {

        @Override
        public MailboxView current() {
            return feed.current();
        }

        @Override
        public void shows(MailboxView view) {
            window.turning(view);
            feed.shows(view);
            window.shows(view);
        }

        @Override
        public void rests(MailboxView told) {
            window.turning(told);
            feed.rests(told);
            window.shows(told);
        }

        @Override
        public void resume() {
            feed.resume();
        }

        @Override
        public void close() {
            window.closing();
            feed.close();
            window.closed();
        }
    }
}
