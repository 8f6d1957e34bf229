package org.postrider.storage.jdbc.account;

import java.util.Arrays;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/// The sets of keywords that a mailbox met and that no mask of bits can say, numbered from 1. One
/// that nothing names any more may be forgotten; its number is not given again.
///
/// Immutable as far as anybody can see. All versions share their sets: a later version, made under
/// the lock of the account, puts its own behind those of earlier ones, and these do not look there.
/// A version that was planned and came to nothing is overwritten.
public final class KeywordSets {

    private static final class Shared {
        private final ConcurrentMap<KeywordSet, Integer> numbers = new ConcurrentHashMap<>();
        private volatile @Nullable KeywordSet[] sets = new KeywordSet[16];

        @Nullable KeywordSet get(int number) {
            return sets[number - 1];
        }

        synchronized void put(int number, KeywordSet set) {
            if (number > sets.length) {
                sets = Arrays.copyOf(sets, Math.max(number, sets.length * 2));
            }
            sets[number - 1] = set;
            numbers.put(set, number);
        }
    }

    private final Shared shared;
    private final int count;
    private final int known;

    private KeywordSets(Shared shared, int count, int known) {
        this.shared = shared;
        this.count = count;
        this.known = known;
    }

    /// @param sets by their numbers, of which the highest is not forgotten
    public static KeywordSets of(SortedMap<Integer, KeywordSet> sets) {
        var shared = new Shared();
        sets.forEach(shared::put);
        return new KeywordSets(shared, sets.isEmpty() ? 0 : sets.lastKey(), sets.size());
    }

    /// The highest number that was given.
    public int count() {
        return count;
    }

    /// How many are not forgotten.
    public int known() {
        return known;
    }

    public OptionalInt numberOf(KeywordSet set) {
        var number = shared.numbers.get(set);
        return number != null && number <= count && set.equals(shared.get(number))
                ? OptionalInt.of(number)
                : OptionalInt.empty();
    }

    public KeywordSet set(int number) {
        var set = number >= 1 && number <= count ? shared.get(number) : null;
        if (set == null) {
            throw new IllegalStateException("no set " + number + " of keywords");
        }
        return set;
    }

    /// These and one more, which has the next number.
    public KeywordSets with(KeywordSet set) {
        // An empty version may belong to several mailboxes.
        var own = count == 0 ? new Shared() : shared;
        own.put(count + 1, set);
        return new KeywordSets(own, count + 1, known + 1);
    }

    /// These without some, of which none is the last one.
    KeywordSets without(Set<Integer> forgotten) {
        var left = new TreeMap<Integer, KeywordSet>();
        for (int number = 1; number <= count; number++) {
            var set = shared.get(number);
            if (set != null && !forgotten.contains(number)) {
                left.put(number, set);
            }
        }
        return of(left);
    }
}
