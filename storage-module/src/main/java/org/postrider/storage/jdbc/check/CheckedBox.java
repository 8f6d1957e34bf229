package org.postrider.storage.jdbc.check;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.postrider.storage.check.Place;
import org.postrider.storage.jdbc.account.Change;
import org.postrider.storage.jdbc.account.KeywordBits;
import org.postrider.storage.jdbc.account.LogPosition;
import org.postrider.storage.jdbc.account.MailboxFigures;

/// A mailbox while it is checked: what its rows say, and what the log said of it.
final class CheckedBox {

    /// What the rows in `mailbox` and `mailbox_state` say.
    ///
    /// @param deletedModSeq 0 while it lives
    /// @param applied the rows of messages show the log up to here
    record Row(
            int number,
            String name,
            boolean live,
            long uidValidity,
            int specialUse,
            long createdModSeq,
            long deletedModSeq,
            long uidNext,
            long highestModSeq,
            LogPosition applied,
            long expungeFloor,
            MailboxFigures figures) {}

    /// Bits of flags that mean nothing.
    private static final long NO_FLAGS = 0xFFE0;

    final Place place;
    final Row row;

    /// What `mailbox_keyword` says: names by number.
    final Map<Integer, String> keywords = new TreeMap<>();

    /// What `keyword_set` says: the keywords of each set.
    final Map<Integer, Set<Integer>> keywordSets = new TreeMap<>();

    /// What the log says of keywords, and of sets of them.
    final Map<Integer, String> loggedKeywords = new TreeMap<>();

    final Map<Integer, Set<Integer>> loggedSets = new TreeMap<>();

    /// Parts of the UID space in which the rows or the log know messages.
    final TreeSet<Long> blocks = new TreeSet<>();

    /// What the records of messages add up to.
    final MailboxFigures.Sum sum = new MailboxFigures.Sum();

    Change.@Nullable Named lastNamed;
    LogPosition lastOfMessages = new LogPosition(0, 0);
    long lastUid;
    long lastChange;
    boolean deletedInLog;

    CheckedBox(Place account, Row row) {
        this.place = account.in(row.name());
        this.row = row;
    }

    /// Whether the rows of messages show this record.
    boolean shows(LogPosition record) {
        return !row.applied().isBefore(record);
    }

    boolean isBehind() {
        return row.applied().isBefore(new LogPosition(row.highestModSeq(), LogPosition.ALL));
    }

    /// Whether a message can have these flags.
    boolean knows(long flags) {
        if (flags < 0) {
            return keywordSets.containsKey(KeywordBits.setOf(flags)) && (flags & NO_FLAGS) == 0;
        }
        for (long bits = flags >>> KeywordBits.FIRST_BIT; bits != 0; bits &= bits - 1) {
            int bit = KeywordBits.FIRST_BIT + Long.numberOfTrailingZeros(bits);
            if (!keywords.containsKey(bit)) {
                return false;
            }
        }
        return (flags & NO_FLAGS) == 0;
    }

    Set<Integer> keywordSet(int number) {
        return keywordSets.computeIfAbsent(number, _ -> new TreeSet<>());
    }
}
