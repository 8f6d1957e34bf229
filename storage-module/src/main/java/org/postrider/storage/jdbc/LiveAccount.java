package org.postrider.storage.jdbc;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postrider.storage.mailbox.MailboxFeed;

/// What the process knows of an account: its newest durable state and the views in memory, all of
/// the same MODSEQ. Lanes publish here after the commit; sessions read.
final class LiveAccount {

    private final int number;
    private final Map<Integer, LiveMailbox> views = new HashMap<>();

    /// From which UID on \Recent was not told; moves ahead of the column until the lane writes it.
    private final Map<Integer, Long> recent = new HashMap<>();

    private @Nullable AccountState state;
    private boolean evicted;
    private int pins;
    private volatile long lastUse = System.nanoTime();

    LiveAccount(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }

    long lastUse() {
        return lastUse;
    }

    synchronized Optional<AccountState> state() {
        lastUse = System.nanoTime();
        return Optional.ofNullable(state);
    }

    synchronized Optional<ChunkedView> view(int mailbox) {
        lastUse = System.nanoTime();
        return Optional.ofNullable(views.get(mailbox)).map(LiveMailbox::current);
    }

    /// A window on the mailbox, when its view is in memory.
    synchronized Optional<MailboxFeed> follow(int mailbox, Runnable listener) {
        lastUse = System.nanoTime();
        return evicted
                ? Optional.empty()
                : Optional.ofNullable(views.get(mailbox))
                        .filter(live -> !live.current().deleted())
                        .map(live -> live.follow(listener));
    }

    /// The state and the views of one moment.
    record Snapshot(Optional<AccountState> state, Map<Integer, ChunkedView> views) {}

    synchronized Snapshot snapshot() {
        var all = new HashMap<Integer, ChunkedView>();
        views.forEach((mailbox, live) -> all.put(mailbox, live.current()));
        return new Snapshot(Optional.ofNullable(state), all);
    }

    /// A view and the MODSEQ of the account at which it is what the log says.
    record Durable(ChunkedView view, long modSeq) {}

    synchronized Optional<Durable> durable(int mailbox) {
        var live = views.get(mailbox);
        return live == null || state == null
                ? Optional.empty()
                : Optional.of(new Durable(live.current(), state.modSeq()));
    }

    /// Takes what a committed group made of the account. What another lane has published since,
    /// having read it from the log, is newer or the same and stays.
    ///
    /// @return the mailboxes whose followers are to be told
    synchronized List<LiveMailbox> publish(AccountState next, Map<Integer, ChunkedView> changed) {
        if (state != null && next.version() <= state.version()) {
            return List.of();
        }
        state = next;
        var told = new ArrayList<LiveMailbox>();
        changed.forEach((mailbox, view) -> {
            var live = views.get(mailbox);
            if (live == null) {
                views.put(mailbox, new LiveMailbox(view));
            } else if (live.current() != view) {
                live.publish(view);
                told.add(live);
            }
        });
        views.values().removeIf(live -> live.current().deleted() && !live.followed());
        return told;
    }

    /// Takes a view that was loaded under the lock of the account, at the state that is known.
    synchronized void offer(int mailbox, ChunkedView view) {
        views.putIfAbsent(mailbox, new LiveMailbox(view));
    }

    /// Takes \Recent for one session.
    ///
    /// @return from which UID on messages are recent to the caller
    synchronized long claimRecent(int mailbox, long uidNext) {
        long from = recent.getOrDefault(mailbox, 1L);
        recent.put(mailbox, Math.max(from, uidNext));
        return from;
    }

    synchronized long recentFrom(int mailbox) {
        return recent.getOrDefault(mailbox, 1L);
    }

    /// What the rows say of \Recent; never moves back.
    synchronized void recentRead(int mailbox, long from) {
        recent.merge(mailbox, from, Math::max);
    }

    synchronized void pin() {
        pins++;
    }

    synchronized void unpin() {
        pins--;
        lastUse = System.nanoTime();
    }

    /// The MODSEQ of the oldest view of a mailbox that somebody may still show.
    synchronized long shownSince(int mailbox) {
        var live = views.get(mailbox);
        return live == null ? Long.MAX_VALUE : live.shownSince();
    }

    /// What views that nobody follows need in memory.
    synchronized long idleOctets() {
        return views.values().stream()
                .filter(live -> !live.followed())
                .mapToLong(live -> live.current().octets())
                .sum();
    }

    /// Forgets the views that nobody follows.
    synchronized void dropIdleViews() {
        if (pins == 0) {
            views.values().removeIf(live -> !live.followed());
        }
    }

    /// Lets the account go when nobody uses it.
    synchronized boolean evict() {
        evicted = pins == 0 && views.values().stream().noneMatch(LiveMailbox::followed);
        return evicted;
    }
}
