package org.postrider.storage.jdbc;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/// The sets of keywords that a mailbox met and that no mask of bits can say, numbered from 1.
///
/// Immutable as far as anybody can see. All versions share their sets: a later version, made under
/// the lock of the account, puts its own behind those of earlier ones, and these do not look there.
/// A version that was planned and came to nothing is overwritten.
final class KeywordSets {

    private static final class Shared {
        private final ConcurrentMap<KeywordSet, Integer> numbers = new ConcurrentHashMap<>();
        private volatile @Nullable KeywordSet[] sets = new KeywordSet[16];

        @Nullable KeywordSet get(int number) {
            return sets[number - 1];
        }

        synchronized void put(int number, KeywordSet set) {
            if (number > sets.length) {
                sets = Arrays.copyOf(sets, sets.length * 2);
            }
            sets[number - 1] = set;
            numbers.put(set, number);
        }
    }

    private final Shared shared;
    private final int count;

    private KeywordSets(Shared shared, int count) {
        this.shared = shared;
        this.count = count;
    }

    /// @param sets the n-th has the number n + 1
    static KeywordSets of(List<KeywordSet> sets) {
        var all = new KeywordSets(new Shared(), 0);
        for (var set : sets) {
            all = all.with(set);
        }
        return all;
    }

    int count() {
        return count;
    }

    OptionalInt numberOf(KeywordSet set) {
        var number = shared.numbers.get(set);
        return number != null && number <= count && set.equals(shared.get(number))
                ? OptionalInt.of(number)
                : OptionalInt.empty();
    }

    KeywordSet set(int number) {
        var set = number >= 1 && number <= count ? shared.get(number) : null;
        if (set == null) {
            throw new IllegalStateException("no set " + number + " of keywords");
        }
        return set;
    }

    /// These and one more, which has the next number.
    KeywordSets with(KeywordSet set) {
        // An empty version may belong to several mailboxes.
        var own = count == 0 ? new Shared() : shared;
        own.put(count + 1, set);
        return new KeywordSets(own, count + 1);
    }
}
