package org.postrider.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import java.util.TreeMap;
import org.postrider.storage.Store;
import org.postrider.storage.mailbox.Flags;
import org.postrider.storage.mailbox.MailboxFeed;
import org.postrider.storage.mailbox.MailboxId;
import org.postrider.storage.mailbox.MailboxView;

/// A session that only looks: learns of every change by comparing views, and must end with the same
/// mailbox as everybody.
final class ViewWatcher {

    private final MailboxFeed feed;
    private final boolean rests;
    private final TreeMap<Long, Flags> known = new TreeMap<>();
    private MailboxView seen;
    private long lastUid;

    /// Messages whose flags a session at rest was not told.
    private final Set<Long> unknown = new HashSet<>();

    private ViewWatcher(MailboxFeed feed, boolean rests) {
        this.feed = feed;
        this.rests = rests;
        this.seen = feed.current();
        for (int i = 0; i < seen.size(); i++) {
            known.put(seen.uid(i), seen.flags(i));
            lastUid = seen.uid(i);
        }
        show();
    }

    /// A session that only waits knows the flags of a message only when they change.
    private void show() {
        if (rests) {
            seen = seen.resting();
            feed.rests(seen);
        } else {
            feed.shows(seen);
        }
    }

    /// @param rests whether it holds views at rest only
    static ViewWatcher start(Windows windows, Store store, MailboxId mailbox, boolean rests) {
        var wake = new ViewWatcher[1];
        var feed =
                StoreContract.done(
                        windows.follow(
                                store,
                                mailbox,
                                () -> {
                                    if (wake[0] != null) {
                                        wake[0].look();
                                    }
                                }));
        wake[0] = new ViewWatcher(feed, rests);
        return wake[0];
    }

    static MailboxView view(Store store, MailboxId mailbox) {
        try (var feed = StoreContract.done(store.mailboxes().follow(mailbox, () -> {}))) {
            return feed.current();
        }
    }

    private synchronized void look() {
        var now = feed.current();
        assertThat(now.highestModSeq()).isGreaterThanOrEqualTo(seen.highestModSeq());
        assertThat(now.uidNext()).isGreaterThanOrEqualTo(seen.uidNext());
        var difference = now.since(seen);
        difference.expunged().forEach(uid -> assertThat(known.remove(uid)).isNotNull());
        difference.changed().forEach(uid -> known.put(uid, now.flags(now.indexOf(uid))));
        difference
                .appended()
                .forEach(uid -> {
                    assertThat(uid).as("new UIDs come last").isGreaterThan(lastUid);
                    lastUid = uid;
                    if (rests) {
                        unknown.add(uid);
                    }
                    known.put(uid, rests ? Flags.NONE : now.flags(now.indexOf(uid)));
                });
        difference.changed().forEach(unknown::remove);
        assertThat(now.size() - difference.appended().size())
                .as("what is shown goes only when it is expunged")
                .isEqualTo(seen.size() - difference.expunged().size());
        seen = now;
        show();
    }

    void finish() {
        look();
        feed.resume();
        seen = feed.current();
        feed.close();
        unknown.forEach(
                uid -> known.computeIfPresent(uid, (_, _) -> seen.flags(seen.indexOf(uid))));
        var now = new TreeMap<Long, Flags>();
        for (int i = 0; i < seen.size(); i++) {
            now.put(seen.uid(i), seen.flags(i));
        }
        assertThat(known).isEqualTo(now);
        int unseen = 0;
        for (int i = 0; i < seen.size(); i++) {
            unseen += seen.flags(i).has(org.postrider.storage.mailbox.SystemFlag.SEEN) ? 0 : 1;
        }
        assertThat(seen.unseen()).isEqualTo(unseen);
    }
}
