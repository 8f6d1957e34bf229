package org.postrider.storage.jdbc.view;

import org.postrider.storage.jdbc.account.UidRanges;
import org.postrider.storage.mailbox.MailboxView.Difference;

/// Compares two views of a mailbox: walks both in UID order and passes over chunks they share.
final class ViewDifference {

    private final ChunkedView before;
    private final ChunkedView after;
    private final UidRanges expunged = new UidRanges();
    private final UidRanges changed = new UidRanges();
    private final UidRanges appended = new UidRanges();

    private ViewDifference(ChunkedView before, ChunkedView after) {
        this.before = before;
        this.after = after;
    }

    static Difference between(ChunkedView before, ChunkedView after) {
        if (!before.mailbox().equals(after.mailbox())) {
            throw new IllegalArgumentException("views of different mailboxes");
        }
        var difference = new ViewDifference(before, after);
        difference.walk();
        return new Difference(
                difference.expunged.toSet(),
                difference.changed.toSet(),
                difference.appended.toSet());
    }

    private void walk() {
        var old = new Cursor(before);
        var now = new Cursor(after);
        while (old.more() && now.more()) {
            if (old.atStart() && now.atStart() && old.chunk().same(now.chunk())) {
                old.skipChunk();
                now.skipChunk();
            } else if (old.uid() == now.uid()) {
                if (old.mask() != now.mask()) {
                    changed.add(old.uid());
                }
                old.next();
                now.next();
            } else if (old.uid() < now.uid()) {
                expunged.add(old.uid());
                old.next();
            } else {
                appended.add(now.uid());
                now.next();
            }
        }
        for (; old.more(); old.next()) {
            expunged.add(old.uid());
        }
        for (; now.more(); now.next()) {
            appended.add(now.uid());
        }
    }

    /// A place in a view.
    private static final class Cursor {
        private final ChunkedView view;
        private int chunk;
        private int at;

        Cursor(ChunkedView view) {
            this.view = view;
        }

        boolean more() {
            return chunk < view.chunkCount();
        }

        boolean atStart() {
            return at == 0;
        }

        Chunk chunk() {
            return view.chunk(chunk);
        }

        long uid() {
            return chunk().uid(at);
        }

        long mask() {
            return chunk().mask(at);
        }

        void next() {
            if (++at == chunk().count) {
                skipChunk();
            }
        }

        void skipChunk() {
            chunk++;
            at = 0;
        }
    }
}
