package org.postrider.storage.jdbc;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalInt;
import org.postrider.storage.mailbox.Flags;
import org.postrider.storage.mailbox.SystemFlag;

/// The keywords of a mailbox in the order in which it met them, and with them the meaning of the
/// bits of `message.flags`.
///
/// @param names the n-th has bit 16 + n
record KeywordBits(List<String> names) {

    static final int FIRST_BIT = 16;
    static final int LAST_BIT = 62;
    static final KeywordBits NONE = new KeywordBits(List.of());

    static final long SEEN = ColumnCodes.bit(SystemFlag.SEEN);
    static final long DELETED = ColumnCodes.bit(SystemFlag.DELETED);

    KeywordBits {
        names = List.copyOf(names);
    }

    boolean full() {
        return FIRST_BIT + names.size() > LAST_BIT;
    }

    int nextBit() {
        return FIRST_BIT + names.size();
    }

    KeywordBits with(String name) {
        var more = new ArrayList<>(names);
        more.add(name);
        return new KeywordBits(more);
    }

    OptionalInt bitOf(String keyword) {
        for (int i = 0; i < names.size(); i++) {
            if (names.get(i).equalsIgnoreCase(keyword)) {
                return OptionalInt.of(FIRST_BIT + i);
            }
        }
        return OptionalInt.empty();
    }

    /// The bits of flags whose keywords are all known; others are left out.
    long mask(Flags flags) {
        long mask = 0;
        for (var flag : flags.system()) {
            mask |= ColumnCodes.bit(flag);
        }
        for (var keyword : flags.keywords()) {
            var bit = bitOf(keyword);
            mask |= bit.isPresent() ? 1L << bit.getAsInt() : 0;
        }
        return mask;
    }

    Flags flags(long mask) {
        var system = EnumSet.noneOf(SystemFlag.class);
        for (var flag : SystemFlag.values()) {
            if ((mask & ColumnCodes.bit(flag)) != 0) {
                system.add(flag);
            }
        }
        var keywords = new ArrayList<String>();
        for (int i = 0; i < names.size(); i++) {
            if ((mask & (1L << (FIRST_BIT + i))) != 0) {
                keywords.add(names.get(i));
            }
        }
        return new Flags(system, keywords);
    }
}
