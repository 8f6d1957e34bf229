package org.postrider.storage.jdbc.account;

import java.util.List;
import org.postrider.storage.mailbox.UidSet;

/// One record of the change log. It says all there is to say, so that who folds the records of a
/// mailbox in order has the mailbox.
public sealed interface Change {

    /// The number of the mailbox, 0 when it is not about one.
    int mailbox();

    /// Messages that came into a mailbox, by whatever way, in UID order.
    record Added(int mailbox, List<MessageRow> messages) implements Change {
        public Added {
            messages = List.copyOf(messages);
        }
    }

    /// Messages that were copied from another mailbox of the account, in UID order; their UIDs have
    /// no gaps. Unlike with [Added], what never changes of them is not in their own rows until the
    /// record is applied: it is what the sources say.
    ///
    /// @param source the number of the mailbox they were copied from
    /// @param sources the n-th became the n-th of the messages
    record Copied(int mailbox, int source, UidSet sources, List<MessageRow> messages)
            implements Change {
        public Copied {
            messages = List.copyOf(messages);
            if (sources.size() != messages.size()) {
                throw new IllegalArgumentException("sources and copies of different number");
            }
        }
    }

    /// The flags that messages have now.
    record FlagsSet(int mailbox, List<Masked> groups) implements Change {
        public FlagsSet {
            groups = List.copyOf(groups);
        }
    }

    /// Messages with the same flags.
    record Masked(long flags, UidSet uids) {}

    record Expunged(int mailbox, Origin origin, UidSet uids) implements Change {}

    /// A mailbox was created, renamed, deleted, or given another use.
    record Named(int mailbox, String name, long uidValidity, int specialUse, boolean deleted)
            implements Change {}

    /// An account subscribed to a name, or no longer.
    record Subscribed(String name, boolean subscribed) implements Change {
        @Override
        public int mailbox() {
            return 0;
        }
    }

    /// What the account may have; -1 is without limit.
    record QuotaSet(long octets, long messages) implements Change {
        @Override
        public int mailbox() {
            return 0;
        }
    }

    /// A mailbox met a keyword and gave it a bit.
    record KeywordMet(int mailbox, int bit, String name) implements Change {}

    /// A mailbox met sets of keywords that have no mask of bits.
    ///
    /// @param first the number of the first; the others follow
    record KeywordSetsMet(int mailbox, int first, List<KeywordSet> sets) implements Change {
        public KeywordSetsMet {
            sets = List.copyOf(sets);
        }
    }

    /// Who removed a message. The number is the one in the column `expunged.origin`.
    enum Origin {
        IMAP(1),
        POP3(2),
        MOVE(3),
        MAILBOX(4);

        public final int number;

        Origin(int number) {
            this.number = number;
        }

        static Origin of(int number) {
            for (var origin : values()) {
                if (origin.number == number) {
                    return origin;
                }
            }
            throw new IllegalStateException("no such origin: " + number);
        }
    }
}
