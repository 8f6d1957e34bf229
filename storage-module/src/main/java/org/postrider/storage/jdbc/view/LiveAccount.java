package org.postrider.storage.jdbc.view;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.postrider.storage.jdbc.account.AccountState;
import org.postrider.storage.jdbc.account.LoggedChange;
import org.postrider.storage.mailbox.MailboxFeed;

/// What the process knows of an account: its newest durable state and the views in memory, all of
/// the same MODSEQ. Lanes publish here after the commit; sessions read.
public final class LiveAccount {

    private final int number;
    private final LongConsumer grown;
    private final Map<Integer, LiveMailbox> views = new HashMap<>();

    /// From which UID on \Recent was not told; moves ahead of the column until the lane writes it.
    private final Map<Integer, Long> recent = new HashMap<>();

    private @Nullable AccountState state;
    private boolean evicted;
    private int pins;
    private volatile long lastUse = System.nanoTime();

    /// @param grown told how many octets of views came into memory
    LiveAccount(int number, LongConsumer grown) {
        this.number = number;
        this.grown = grown;
    }

    int number() {
        return number;
    }

    long lastUse() {
        return lastUse;
    }

    public synchronized Optional<AccountState> state() {
        lastUse = System.nanoTime();
        return Optional.ofNullable(state);
    }

    public synchronized Optional<ChunkedView> view(int mailbox) {
        lastUse = System.nanoTime();
        var live = Optional.ofNullable(views.get(mailbox));
        live.ifPresent(LiveMailbox::used);
        return live.flatMap(LiveMailbox::whole);
    }

    /// A window on the mailbox, when its whole view is in memory.
    public synchronized Optional<MailboxFeed> follow(
            int mailbox, Runnable listener, LiveMailbox.Loading loading) {
        lastUse = System.nanoTime();
        var live = views.get(mailbox);
        if (evicted || live == null || live.whole().isEmpty() || live.deleted()) {
            return Optional.empty();
        }
        live.used();
        return Optional.of(live.follow(listener, loading));
    }

    /// The state and the whole views of one moment.
    ///
    /// @param rests whether there are mailboxes at rest
    public record Snapshot(
            Optional<AccountState> state, Map<Integer, ChunkedView> views, boolean rests) {}

    public synchronized Snapshot snapshot() {
        var all = new HashMap<Integer, ChunkedView>();
        views.forEach((mailbox, live) -> live.whole().ifPresent(view -> all.put(mailbox, view)));
        return new Snapshot(Optional.ofNullable(state), all, all.size() < views.size());
    }

    /// A view and the MODSEQ of the account at which it is what the log says.
    public record Durable(ChunkedView view, long modSeq) {}

    public synchronized Optional<Durable> durable(int mailbox) {
        var live = views.get(mailbox);
        var at = state;
        return live == null || at == null
                ? Optional.empty()
                : live.whole().map(view -> new Durable(view, at.modSeq()));
    }

    /// Takes what a committed group made of the account. What another lane has published since,
    /// having read it from the log, is newer or the same and stays.
    ///
    /// @param changed whole views
    /// @param changes what happened, for mailboxes at rest
    /// @return the mailboxes whose followers are to be told
    public synchronized List<LiveMailbox> publish(
            AccountState next, Map<Integer, ChunkedView> changed, List<LoggedChange> changes) {
        if (state != null && next.version() <= state.version()) {
            return List.of();
        }
        state = next;
        var told = new ArrayList<LiveMailbox>();
        views.forEach((mailbox, live) -> {
            var box = next.mailboxes().get(mailbox);
            if (!changed.containsKey(mailbox) && live.rested(changes, box, next.modSeq())) {
                told.add(live);
            }
        });
        changed.forEach((mailbox, view) -> {
            var live = views.get(mailbox);
            if (live == null) {
                views.put(mailbox, new LiveMailbox(view));
                grown.accept(view.octets());
            } else if (!live.shows(view)) {
                live.publish(view);
                told.add(live);
            }
        });
        views.values().removeIf(live -> live.deleted() && !live.followed());
        return told;
    }

    /// Takes a view that was loaded under the lock of the account, at the state that is known.
    public synchronized void offer(int mailbox, ChunkedView view) {
        views.computeIfAbsent(mailbox, _ -> new LiveMailbox(view)).wake(view);
        grown.accept(view.octets());
    }

    /// Takes \Recent for one session.
    ///
    /// @return from which UID on messages are recent to the caller
    public synchronized long claimRecent(int mailbox, long uidNext) {
        long from = recent.getOrDefault(mailbox, 1L);
        recent.put(mailbox, Math.max(from, uidNext));
        return from;
    }

    public synchronized long recentFrom(int mailbox) {
        return recent.getOrDefault(mailbox, 1L);
    }

    /// What the rows say of \Recent; never moves back.
    synchronized void recentRead(int mailbox, long from) {
        recent.merge(mailbox, from, Math::max);
    }

    synchronized void pin() {
        pins++;
    }

    public synchronized void unpin() {
        pins--;
        lastUse = System.nanoTime();
    }

    /// The MODSEQ of the oldest view of a mailbox that somebody may still show.
    public synchronized long shownSince(int mailbox) {
        var live = views.get(mailbox);
        return live == null ? Long.MAX_VALUE : live.shownSince();
    }

    /// A whole view that nobody needs.
    record Restable(LiveAccount account, int mailbox, long octets, long lastUse) {}

    synchronized List<Restable> restable() {
        var all = new ArrayList<Restable>();
        views.forEach((mailbox, live) -> {
            if (live.canRest()) {
                var octets = live.whole().map(ChunkedView::octets).orElse(0L);
                all.add(new Restable(this, mailbox, octets, live.lastUse()));
            }
        });
        return all;
    }

    /// Lets a whole view go, unless somebody needs it by now.
    public synchronized void rest(int mailbox) {
        var live = views.get(mailbox);
        if (pins > 0 || live == null || !live.canRest()) {
            return;
        }
        if (live.followed()) {
            live.rest();
        } else {
            views.remove(mailbox);
        }
    }

    /// Puts mailboxes to rest whose followers all have only waited since this was done last.
    synchronized void restQuiet() {
        if (pins == 0) {
            views.values().stream()
                    .filter(LiveMailbox::followed)
                    .filter(LiveMailbox::isQuiet)
                    .forEach(LiveMailbox::rest);
        }
    }

    /// Lets the account go when nobody uses it.
    synchronized boolean evict() {
        evicted = pins == 0 && views.values().stream().noneMatch(LiveMailbox::followed);
        return evicted;
    }
}
