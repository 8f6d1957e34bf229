package org.postrider.storage.jdbc;

import java.util.Arrays;
import org.postrider.storage.mailbox.Flags;

/// The different flag masks of a view and the [Flags] they mean, so that a message needs a short
/// index and messages with equal flags share one object. Immutable; grows by copies.
final class FlagDictionary {

    /// An index is a `char`.
    static final int MOST = 65_535;

    private final KeywordBits keywords;
    private final long[] masks;
    private final Flags[] flags;

    FlagDictionary(KeywordBits keywords) {
        this(keywords, new long[0], new Flags[0]);
    }

    private FlagDictionary(KeywordBits keywords, long[] masks, Flags[] flags) {
        this.keywords = keywords;
        this.masks = masks;
        this.flags = flags;
    }

    KeywordBits keywords() {
        return keywords;
    }

    int size() {
        return masks.length;
    }

    long mask(int index) {
        return masks[index];
    }

    Flags flags(int index) {
        return flags[index];
    }

    /// The index of a mask, or -1.
    int indexOf(long mask) {
        for (int i = 0; i < masks.length; i++) {
            if (masks[i] == mask) {
                return i;
            }
        }
        return -1;
    }

    /// The same with one more mask, at the end.
    FlagDictionary with(long mask) {
        var moreMasks = Arrays.copyOf(masks, masks.length + 1);
        var moreFlags = Arrays.copyOf(flags, flags.length + 1);
        moreMasks[masks.length] = mask;
        moreFlags[masks.length] = keywords.flags(mask);
        return new FlagDictionary(keywords, moreMasks, moreFlags);
    }

    /// The same for a mailbox that met more keywords; no bit changes its meaning.
    FlagDictionary knowing(KeywordBits more) {
        return new FlagDictionary(more, masks, flags);
    }
}
