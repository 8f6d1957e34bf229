package org.postrider.storage.jdbc.account;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import org.postrider.storage.mailbox.Flags;
import org.postrider.storage.mailbox.SystemFlag;

/// The keywords of a mailbox in the order in which it met them, and with them the meaning of the
/// masks in `message.flags`.
///
/// Keywords are numbered from 16; system flags have the bits 0 to 4. A mask that is not negative
/// has the bit of each keyword. Where a message has a keyword beyond 62 the mask is negative, and
/// its bits from 16 on are the number of a set of keywords, of all that the message has. So equal
/// flags are equal masks, and what a mask means never changes.
public final class KeywordBits {

    public static final int FIRST_BIT = 16;
    public static final int LAST_BIT = 62;

    /// The most keywords of one mailbox.
    public static final int MOST = 4_096;

    /// The most sets of keywords of one mailbox.
    public static final int MOST_SETS = 1 << 18;

    public static final KeywordBits NONE = new KeywordBits(List.of());

    public static final long SEEN = ColumnCodes.bit(SystemFlag.SEEN);
    public static final long DELETED = ColumnCodes.bit(SystemFlag.DELETED);

    /// The bits of a mask that are system flags, whatever the others are.
    private static final long SYSTEM = (1L << FIRST_BIT) - 1;

    private final List<String> names;
    private final Map<String, Integer> numbers;
    private final KeywordSets sets;

    private KeywordBits(List<String> names, Map<String, Integer> numbers, KeywordSets sets) {
        this.names = names;
        this.numbers = numbers;
        this.sets = sets;
    }

    /// @param names the n-th has number 16 + n
    /// @param sets those that masks name
    public KeywordBits(List<String> names, KeywordSets sets) {
        this(List.copyOf(names), numbered(names), sets);
    }

    public KeywordBits(List<String> names) {
        this(names, KeywordSets.of(new TreeMap<>()));
    }

    /// Whether a mailbox with these keywords may have masks that name sets.
    public static boolean needSets(List<String> names) {
        return FIRST_BIT + names.size() > LAST_BIT + 1;
    }

    private static Map<String, Integer> numbered(List<String> names) {
        var numbers = new TreeMap<String, Integer>(String.CASE_INSENSITIVE_ORDER);
        names.forEach(name -> numbers.putIfAbsent(name, FIRST_BIT + numbers.size()));
        return numbers;
    }

    public List<String> names() {
        return names;
    }

    public KeywordSets sets() {
        return sets;
    }

    /// The number of the next keyword.
    public int nextBit() {
        return FIRST_BIT + names.size();
    }

    public KeywordBits with(String name) {
        var more = new ArrayList<>(names);
        more.add(name);
        return new KeywordBits(more, sets);
    }

    public KeywordBits with(KeywordSet set) {
        return new KeywordBits(names, numbers, sets.with(set));
    }

    /// The same without sets that no mask names any more.
    public KeywordBits without(Set<Integer> forgotten) {
        return new KeywordBits(names, numbers, sets.without(forgotten));
    }

    public OptionalInt bitOf(String keyword) {
        var number = numbers.get(keyword);
        return number == null ? OptionalInt.empty() : OptionalInt.of(number);
    }

    /// The number of the set that a mask names.
    public static int setOf(long mask) {
        return (int) ((mask & Long.MAX_VALUE) >>> FIRST_BIT);
    }

    /// The keywords of a mask by their numbers.
    public BitSet keywords(long mask) {
        return mask < 0
                ? sets.set(setOf(mask)).keywords()
                : BitSet.valueOf(new long[] {mask & ~SYSTEM});
    }

    /// The system flags among the bits of a mask.
    public static long system(long mask) {
        return mask & SYSTEM;
    }

    public static long system(Flags flags) {
        long mask = 0;
        for (var flag : flags.system()) {
            mask |= ColumnCodes.bit(flag);
        }
        return mask;
    }

    /// Whether a mask has a bit for each of these keywords.
    public static boolean haveBits(BitSet keywords) {
        return keywords.length() <= LAST_BIT + 1;
    }

    /// The mask of flags whose keywords have bits.
    public static long narrow(long system, BitSet keywords) {
        return keywords.isEmpty() ? system : system | keywords.toLongArray()[0];
    }

    /// The mask of flags with a set of keywords.
    public static long wide(long system, int set) {
        return Long.MIN_VALUE | (long) set << FIRST_BIT | system;
    }

    public Flags flags(long mask) {
        var system = EnumSet.noneOf(SystemFlag.class);
        for (var flag : SystemFlag.values()) {
            if ((mask & ColumnCodes.bit(flag)) != 0) {
                system.add(flag);
            }
        }
        var keywords = new ArrayList<String>();
        keywords(mask).stream()
                .filter(number -> number < nextBit())
                .forEach(number -> keywords.add(names.get(number - FIRST_BIT)));
        return new Flags(system, keywords);
    }
}
