package org.postrider.storage.jdbc.command;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;
import org.postrider.storage.jdbc.account.KeywordBits;
import org.postrider.storage.jdbc.account.KeywordSet;
import org.postrider.storage.jdbc.account.MailboxState;
import org.postrider.storage.jdbc.group.AccountLedger;
import org.postrider.storage.mailbox.FlagChange;
import org.postrider.storage.mailbox.Flags;

/// Flags as masks of a mailbox, for one command: remembers the keywords and the sets of keywords
/// that the mailbox has to meet for it. Nothing is changed before [#meet].
public final class Keywords {

    /// The longest keyword, in characters.
    private static final int LONGEST = 255;

    private final List<String> words = new ArrayList<>();
    private final List<KeywordSet> sets = new ArrayList<>();
    private KeywordBits known;
    private boolean beyond;

    public Keywords(MailboxState mailbox) {
        this.known = mailbox.keywords();
    }

    /// The mask of flags.
    public long mask(Flags flags) {
        return mask(KeywordBits.system(flags), numbers(flags, true));
    }

    /// What a change makes of masks. It is not looked at before the first one.
    LongUnaryOperator applying(FlagChange change) {
        return new Applying(change);
    }

    /// The masks of messages that come from a mailbox with other keywords.
    public LongUnaryOperator translating(KeywordBits from) {
        Map<Long, Long> done = new HashMap<>();
        return mask -> done.computeIfAbsent(mask, each -> mask(from.flags(each)));
    }

    /// Whether the mailbox may meet all that was needed so far.
    public boolean fit() {
        return !beyond;
    }

    /// What the mailbox knows after it met what is needed.
    KeywordBits known() {
        return known;
    }

    /// The mailbox after it met what is needed, as part of the command.
    public MailboxState meet(AccountLedger ledger, MailboxState mailbox) {
        if (!words.isEmpty() || !sets.isEmpty()) {
            ledger.meet(mailbox.number(), words, sets);
        }
        return ledger.mailbox(mailbox.number()).orElseThrow();
    }

    /// The numbers of the keywords of flags.
    ///
    /// @param all whether those that nobody knows are met, or else left out
    private BitSet numbers(Flags flags, boolean all) {
        var numbers = new BitSet();
        for (var word : flags.keywords()) {
            var number = known.bitOf(word);
            if (number.isEmpty() && all) {
                number = meet(word);
            }
            number.ifPresent(numbers::set);
        }
        return numbers;
    }

    private OptionalInt meet(String word) {
        if (known.names().size() == KeywordBits.MOST || word.length() > LONGEST) {
            beyond = true;
            return OptionalInt.empty();
        }
        words.add(word);
        known = known.with(word);
        return known.bitOf(word);
    }

    private long mask(long system, BitSet keywords) {
        if (KeywordBits.haveBits(keywords)) {
            return KeywordBits.narrow(system, keywords);
        }
        var set = KeywordSet.of(keywords);
        var number = known.sets().numberOf(set);
        if (number.isEmpty() && known.sets().known() == KeywordBits.MOST_SETS) {
            beyond = true;
            return system;
        }
        if (number.isEmpty()) {
            sets.add(set);
            known = known.with(set);
            number = known.sets().numberOf(set);
        }
        return KeywordBits.wide(system, number.orElseThrow());
    }

    private final class Applying implements LongUnaryOperator {
        private final FlagChange change;
        private final long system;
        private @Nullable BitSet numbers;

        Applying(FlagChange change) {
            this.change = change;
            this.system = KeywordBits.system(change.flags());
        }

        @Override
        public long applyAsLong(long before) {
            var named = numbers;
            if (named == null) {
                named = numbers(change.flags(), !(change instanceof FlagChange.Remove));
                numbers = named;
            }
            var keywords = known.keywords(before);
            return switch (change) {
                case FlagChange.Add _ -> {
                    keywords.or(named);
                    yield mask(KeywordBits.system(before) | system, keywords);
                }
                case FlagChange.Remove _ -> {
                    keywords.andNot(named);
                    yield mask(KeywordBits.system(before) & ~system, keywords);
                }
                case FlagChange.Replace _ -> mask(system, named);
            };
        }
    }
}
