package org.postrider.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.postrider.storage.mailbox.UidSet;

/// A mailbox as somebody sees it who reads only the change log.
final class LogFold {

    record Message(long flags, int size, long date, long modSeq) {}

    private static final long SYSTEM_BITS = 0x1F;

    private final TreeMap<Long, Message> messages = new TreeMap<>();
    private final TreeMap<Long, Long> expunged = new TreeMap<>();
    private final TreeSet<Long> received = new TreeSet<>();
    private long lastUid;
    private long lastModSeq;
    private long bits = SYSTEM_BITS;
    private int keywords;
    private int sets;
    private boolean deleted;

    static LogFold of(List<LoggedChange> records) {
        var fold = new LogFold();
        records.forEach(fold::add);
        return fold;
    }

    /// Whether a record says what the rows of messages say.
    static boolean isOfMessages(Change change) {
        return switch (change) {
            case Change.Added _, Change.Copied _, Change.FlagsSet _, Change.Expunged _ -> true;
            case Change.Named _, Change.Subscribed _, Change.QuotaSet _ -> false;
            case Change.KeywordMet _, Change.KeywordSetsMet _ -> false;
        };
    }

    /// Takes the next record.
    void add(LoggedChange logged) {
        assertThat(logged.modSeq()).isGreaterThanOrEqualTo(lastModSeq);
        assertThat(deleted).as("nothing happens to a deleted mailbox").isFalse();
        lastModSeq = logged.modSeq();
        switch (logged.change()) {
            case Change.Added(_, var added) -> {
                add(added, logged.modSeq());
                added.forEach(row -> received.add(row.uid()));
            }
            case Change.Copied(_, _, _, var copied) -> add(copied, logged.modSeq());
            case Change.FlagsSet(_, var groups) ->
                    groups.forEach(group -> setFlags(group.uids(), group.flags(), logged.modSeq()));
            case Change.Expunged(_, _, var uids) ->
                    uids.forEach(uid -> {
                        assertThat(messages.remove(uid)).isNotNull();
                        expunged.put(uid, logged.modSeq());
                    });
            case Change.KeywordMet(_, int bit, _) -> {
                assertThat(bit).isEqualTo(16 + keywords++);
                bits |= bit <= 62 ? 1L << bit : 0;
            }
            case Change.KeywordSetsMet(_, int first, var met) -> {
                assertThat(first).isEqualTo(sets + 1);
                sets += met.size();
                met.forEach(
                        set -> assertThat(set.keywords().length()).isBetween(64, 16 + keywords));
            }
            case Change.Named(_, _, _, _, boolean gone) -> deleted = gone;
            case Change.Subscribed _, Change.QuotaSet _ -> {}
        }
    }

    private void add(List<MessageRow> added, long modSeq) {
        added.forEach(row -> {
            assertThat(row.uid()).isGreaterThan(lastUid);
            lastUid = row.uid();
            messages.put(row.uid(), new Message(row.flags(), row.size(), row.date(), modSeq));
        });
    }

    private void setFlags(UidSet uids, long flags, long modSeq) {
        uids.forEach(uid -> {
            var before = messages.get(uid);
            assertThat(before).isNotNull();
            messages.put(uid, new Message(flags, before.size(), before.date(), modSeq));
        });
    }

    Map<Long, Message> messages() {
        return messages;
    }

    /// Whether the mailbox has met everything that a mask says.
    boolean isKnown(long mask) {
        long set = (mask & Long.MAX_VALUE) >>> 16;
        return mask < 0
                ? set >= 1 && set <= sets && (mask & 0xFFFF & ~SYSTEM_BITS) == 0
                : (mask & ~bits) == 0;
    }

    boolean deleted() {
        return deleted;
    }

    int count(Predicate<Message> condition) {
        return (int) messages.values().stream().filter(condition).count();
    }

    /// The MODSEQs of the expunges.
    Map<Long, Long> expunged() {
        return expunged;
    }

    /// The UIDs, above all of an earlier one's, of messages that came with rows of what never
    /// changes.
    Set<Long> receivedAfter(LogFold earlier) {
        return received.tailSet(earlier.lastUid, false);
    }
}
