package org.postrider.storage.jdbc.view;

import java.util.Arrays;
import java.util.HashMap;
import org.jspecify.annotations.Nullable;
import org.postrider.storage.jdbc.account.KeywordBits;
import org.postrider.storage.mailbox.Flags;

/// The bits of `message.flags` of a chunk: the different masks once, and for each message which of
/// them it has. No octets where all are the same, else one a message, two when there are more than
/// 256 masks.
///
/// Immutable as far as its chunk can see, with room like the other columns.
final class MaskColumn {

    private static final int MOST_NARROW = 256;

    private final Masks masks;
    private final byte @Nullable [] narrow;
    private final char @Nullable [] wide;

    private MaskColumn(Masks masks, byte @Nullable [] narrow, char @Nullable [] wide) {
        this.masks = masks;
        this.narrow = narrow;
        this.wide = wide;
    }

    /// Different masks, and what they mean as soon as somebody asked.
    private static final class Masks {
        final long[] bits;
        private @Nullable Flags @Nullable [] flags;

        Masks(long[] bits) {
            this.bits = bits;
        }

        /// Threads may do this at once: they find the same, or make equals.
        Flags flags(int index, FlagTable table, KeywordBits keywords) {
            var known = flags;
            if (known == null) {
                known = new Flags[bits.length];
                flags = known;
            }
            var found = known[index];
            if (found == null) {
                found = table.flags(bits[index], keywords);
                known[index] = found;
            }
            return found;
        }

        Masks with(long mask) {
            var more = Arrays.copyOf(bits, bits.length + 1);
            more[bits.length] = mask;
            return new Masks(more);
        }

        int find(long mask) {
            for (int i = 0; i < bits.length; i++) {
                if (bits[i] == mask) {
                    return i;
                }
            }
            return -1;
        }
    }

    /// A column in which every message has this mask.
    static MaskColumn all(long mask) {
        return new MaskColumn(new Masks(new long[] {mask}), null, null);
    }

    /// The first `count` of these masks, with room for more.
    static MaskColumn of(long[] values, int count, int room) {
        var different = new long[8];
        int found = 0;
        var indexes = new char[count];
        var many = new HashMap<Long, Integer>();
        for (int i = 0; i < count; i++) {
            long mask = values[i];
            int index = i > 0 && mask == values[i - 1] ? indexes[i - 1] : -1;
            if (index < 0 && found <= 16) {
                index = indexOf(different, found, mask);
            } else if (index < 0) {
                index = many.getOrDefault(mask, -1);
            }
            if (index < 0) {
                index = found++;
                different =
                        found > different.length ? Arrays.copyOf(different, found * 2) : different;
                different[index] = mask;
                for (int each = found == 17 ? 0 : index; found > 16 && each < found; each++) {
                    many.put(different[each], each);
                }
            }
            indexes[i] = (char) index;
        }
        return of(Arrays.copyOf(different, Math.max(1, found)), indexes, room);
    }

    private static int indexOf(long[] masks, int count, long mask) {
        for (int i = 0; i < count; i++) {
            if (masks[i] == mask) {
                return i;
            }
        }
        return -1;
    }

    private static MaskColumn of(long[] different, char[] indexes, int room) {
        var masks = new Masks(different);
        if (different.length == 1) {
            return new MaskColumn(masks, null, null);
        }
        if (different.length > MOST_NARROW) {
            return new MaskColumn(masks, null, Arrays.copyOf(indexes, room));
        }
        var narrow = new byte[room];
        for (int i = 0; i < indexes.length; i++) {
            narrow[i] = (byte) indexes[i];
        }
        return new MaskColumn(masks, narrow, null);
    }

    /// How many different masks there are, or were.
    int different() {
        return masks.bits.length;
    }

    /// Which of the different masks it is.
    int index(int at) {
        return narrow != null ? narrow[at] & 0xFF : wide != null ? wide[at] : 0;
    }

    long get(int at) {
        return masks.bits[index(at)];
    }

    Flags flags(int at, FlagTable table, KeywordBits keywords) {
        return masks.flags(index(at), table, keywords);
    }

    /// The first `count` values.
    long[] values(int count) {
        var values = new long[count];
        for (int i = 0; i < count; i++) {
            values[i] = get(i);
        }
        return values;
    }

    /// The mask that all have, if they have one.
    boolean isAll(long mask) {
        return masks.bits.length == 1 && masks.bits[0] == mask;
    }

    /// This column and one more value.
    ///
    /// @param count how many there are
    /// @param room how many there may be
    MaskColumn with(int count, long mask, int room) {
        if (count == 0) {
            return all(mask);
        }
        int index = masks.find(mask);
        if (index >= 0 && masks.bits.length == 1) {
            return this;
        }
        boolean isNew = index < 0;
        index = isNew ? masks.bits.length : index;
        if (narrow != null && count < narrow.length && index < MOST_NARROW) {
            narrow[count] = (byte) index;
            return isNew ? new MaskColumn(masks.with(mask), narrow, null) : this;
        }
        if (wide != null && count < wide.length) {
            wide[count] = (char) index;
            return isNew ? new MaskColumn(masks.with(mask), null, wide) : this;
        }
        var values = Arrays.copyOf(values(count), count + 1);
        values[count] = mask;
        return of(values, count + 1, Math.max(room, count + 1));
    }

    /// What it needs in memory, about.
    int octets() {
        return 24
                + 40
                + 8 * masks.bits.length
                + (narrow == null ? 0 : 16 + narrow.length)
                + (wide == null ? 0 : 16 + 2 * wide.length);
    }
}
