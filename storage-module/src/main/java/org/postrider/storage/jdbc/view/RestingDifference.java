package org.postrider.storage.jdbc.view;

import org.postrider.storage.jdbc.account.UidRanges;
import org.postrider.storage.mailbox.MailboxView.Difference;

/// Compares a view at rest with a later whole one, and passes over chunks in which nothing
/// happened: those with no later MODSEQ and as many messages as there were.
final class RestingDifference {

    private final UidRuns before;
    private final long beforeModSeq;
    private final UidRanges expunged = new UidRanges();
    private final UidRanges changed = new UidRanges();
    private final UidRanges appended = new UidRanges();

    /// The index in `before` up to which everything was compared.
    private int at;

    private RestingDifference(RestingView before) {
        this.before = before.uids();
        this.beforeModSeq = before.highestModSeq().value();
    }

    static Difference between(RestingView before, ChunkedView after) {
        var difference = new RestingDifference(before);
        for (int i = 0; i < after.chunkCount(); i++) {
            boolean last = i + 1 == after.chunkCount();
            int end =
                    last
                            ? difference.before.size()
                            : difference.before.firstFrom(after.chunk(i + 1).firstUid());
            difference.compare(after.chunk(i), end);
        }
        difference.gone(difference.before.size());
        return new Difference(
                difference.expunged.toSet(),
                difference.changed.toSet(),
                difference.appended.toSet());
    }

    /// Compares a chunk with what was there up to the next one.
    private void compare(Chunk chunk, int end) {
        if (chunk.lastModSeq <= beforeModSeq && end - at == chunk.count) {
            at = end;
            return;
        }
        for (int i = 0; i < chunk.count; i++) {
            long uid = chunk.uid(i);
            while (at < end && before.uid(at) < uid) {
                expunged.add(before.uid(at++));
            }
            if (at < end && before.uid(at) == uid) {
                at++;
                if (chunk.modSeq(i) > beforeModSeq) {
                    changed.add(uid);
                }
            } else {
                appended.add(uid);
            }
        }
        gone(end);
    }

    private void gone(int end) {
        while (at < end) {
            expunged.add(before.uid(at++));
        }
    }
}
